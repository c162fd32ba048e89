export interface Surroundings {
  readonly depth: Float32Array;
  readonly normals: Float32Array;
}

/**
 * Blurs what single rays found out, but only over the same surface: pixels at another depth or with another normal do not
 * count. The rays were spread evenly over squares of 4x4 pixels, so a `size` that is a multiple of 4 leaves no pattern.
 */
export function smoothVisibility(
  values: Float32Array,
  { depth, normals }: Surroundings,
  width: number,
  height: number,
  size: number,
): void {
  const before = Float32Array.from(values);
  const half = size / 2;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = y * width + x;
      const nx = normals[at * 3]!;
      const ny = normals[at * 3 + 1]!;
      const nz = normals[at * 3 + 2]!;
      const tolerance = depth[at]! * 0.04 + 0.1;
      let sum = 0;
      let weight = 0;
      for (let v = Math.max(0, y - half); v < Math.min(height, y + half); v += 1) {
        for (let u = Math.max(0, x - half); u < Math.min(width, x + half); u += 1) {
          const other = v * width + u;
          if (Math.abs(depth[other]! - depth[at]!) > tolerance) continue;
          if (nx * normals[other * 3]! + ny * normals[other * 3 + 1]! + nz * normals[other * 3 + 2]! < 0.8) continue;
          sum += before[other]!;
          weight += 1;
        }
      }
      values[at] = weight === 0 ? before[at]! : sum / weight;
    }
  }
}
