import { perLanguage } from './perLanguage';

describe('perLanguage', () => {
  it('makes one thing a language, however often it is asked for', () => {
    const make = jest.fn((language: string) => ({ language }));
    const of = perLanguage(make);
    expect(of('de')).toBe(of('de'));
    expect(of('en')).toEqual({ language: 'en' });
    expect(make.mock.calls).toEqual([['de'], ['en']]);
  });
});
