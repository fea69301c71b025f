import { render, screen } from '@testing-library/react';
import { Sparkline } from './Sparkline';

describe('Sparkline', () => {
  it('draws a run for each stretch with data and leaves gaps open', () => {
    const { container } = render(
      <Sparkline values={[1, 0.8, null, 0.5, 0.2]} label="Budget left" />,
    );
    expect(screen.getByRole('img', { name: 'Budget left' })).toBeVisible();
    const [, line] = container.querySelectorAll('path');
    expect(line.getAttribute('d')!.match(/M/g)).toHaveLength(2);
  });

  it('is good above the split and bad below it', () => {
    const { container } = render(
      <Sparkline values={[1, -1]} split={0} width={100} height={24} />,
    );
    const heights = [...container.querySelectorAll('svg rect')].map(rect =>
      Number(rect.getAttribute('height')),
    );
    // Half of the drawn height each, with 2 pixels of margin.
    expect(heights).toEqual([14, 14]);
  });

  it('draws nothing of nothing', () => {
    const { container } = render(<Sparkline values={[null, Number.NaN, 1]} />);
    expect(container).toBeEmptyDOMElement();
  });
});
