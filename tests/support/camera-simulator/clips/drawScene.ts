// Command-line entry point, run by `makeClip.ts` in a process of its own: draws one scene and encodes both streams.
//   node drawScene.ts <scene> <key-frame interval in frames> <file for main> <file for sub>
import { once } from 'node:events';
import { openScene } from '../scenes/openScene.ts';
import { LOOP_FRAMES } from '../stamp.ts';
import { encoderArguments } from './encoding.ts';
import { raiseFile } from './raiseFile.ts';
import { runProcess } from './runProcess.ts';

const [sceneNumber, keyFrameInterval, mainFile = '', subFile = ''] = process.argv.slice(2);
const scene = openScene(Number(sceneNumber));

const input = `-f rawvideo -pix_fmt yuv420p -s ${scene.width}x${scene.height} -r 30 -i pipe:0`;
const filter = '-filter_complex [0:v]split[main][big];[big]scale=iw/2:ih/2:flags=area[sub]';
const { child, finished } = runProcess(
  'ffmpeg',
  `-hide_banner -loglevel error -y ${input} ${filter}`
    .split(' ')
    .concat(
      ['-map', '[main]', ...encoderArguments('main', Number(keyFrameInterval), 'normal'), mainFile],
      ['-map', '[sub]', ...encoderArguments('sub', Number(keyFrameInterval), 'normal'), subFile],
    ),
);
for (let index = 0; index < LOOP_FRAMES; index += 1) {
  if (!child.stdin.write(scene.drawFrame(index))) await Promise.race([once(child.stdin, 'drain'), finished]);
}
child.stdin.end();
await finished;
await raiseFile(mainFile);
await raiseFile(subFile);
