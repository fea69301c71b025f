/**
 * Strongly connected parts of a graph (Tarjan 1972), each of them after all
 * parts that it leads to. Groups that contain each other fall into one part,
 * which is why a walk over the parts ends where a walk over the groups would
 * go round for ever. Linear, and without recursion: a chain of a hundred
 * thousand groups must not exhaust the stack.
 *
 * @param edges - By node its successors, as indices into the same array.
 * @returns The parts, each a list of nodes.
 *
 * @internal
 */
export function findCycles(edges: ReadonlyArray<readonly number[]>) {
  const parts: number[][] = [];
  const order = new Int32Array(edges.length).fill(-1);
  const low = new Int32Array(edges.length);
  const onStack = new Uint8Array(edges.length);
  const stack: number[] = [];
  let visited = 0;

  for (let root = 0; root < edges.length; root++) {
    const path = order[root] === -1 ? [{ node: root, next: 0 }] : [];
    while (path.length > 0) {
      const step = path[path.length - 1];
      const { node } = step;
      if (step.next === 0) {
        order[node] = low[node] = visited++;
        stack.push(node);
        onStack[node] = 1;
      }
      let descended = false;
      while (step.next < edges[node].length) {
        const successor = edges[node][step.next++];
        if (order[successor] === -1) {
          path.push({ node: successor, next: 0 });
          descended = true;
          break;
        } else if (onStack[successor]) {
          low[node] = Math.min(low[node], order[successor]);
        }
      }
      if (descended) {
        continue;
      }
      if (low[node] === order[node]) {
        const part = stack.splice(stack.lastIndexOf(node));
        part.forEach(member => {
          onStack[member] = 0;
        });
        parts.push(part);
      }
      path.pop();
      if (path.length > 0) {
        const parent = path[path.length - 1].node;
        low[parent] = Math.min(low[parent], low[node]);
      }
    }
  }
  return parts;
}
