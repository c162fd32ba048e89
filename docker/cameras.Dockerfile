# The training cameras: 16 simulated RTSP cameras of the training city, for trying things out without real ones.
FROM node:24-bookworm-slim
RUN apt-get update && apt-get install -y --no-install-recommends ffmpeg && rm -rf /var/lib/apt/lists/*
WORKDIR /commonsight
COPY package.json pnpm-workspace.yaml pnpm-lock.yaml ./
COPY types/package.json types/
COPY tests/package.json tests/
RUN npx --yes pnpm@12.21.0 install --frozen-lockfile --prod --filter @commonsight/tests --ignore-scripts
COPY types types
COPY tests/support tests/support
COPY tests/training tests/training
RUN install -d -o node -g node /clips
USER node
ENV COMMONSIGHT_CACHE_DIR=/clips CAMERAS_HOST=0.0.0.0 CAMERAS_PORT=8654
VOLUME /clips
EXPOSE 8654
CMD ["node", "tests/training/cameras.ts"]
