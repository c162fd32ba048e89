# The relay: runs at a site, pulls its cameras and dials out. In a container it listens on no port.
FROM node:24-bookworm-slim
RUN apt-get update && apt-get install -y --no-install-recommends \
    ca-certificates ffmpeg cmake ninja-build g++ libuv1-dev libssl-dev libsrtp2-dev libabsl-dev libflatbuffers-dev flatbuffers-compiler \
  && rm -rf /var/lib/apt/lists/*
WORKDIR /commonsight
COPY package.json pnpm-workspace.yaml pnpm-lock.yaml ./
COPY types/package.json types/
COPY types/verify/package.json types/verify/
COPY sfu/relay/package.json sfu/relay/
COPY sfu/worker/package.json sfu/worker/
RUN npx --yes pnpm@12.21.0 install --frozen-lockfile --prod --filter @commonsight/relay...
COPY sfu/worker sfu/worker
ENV COMMONSIGHT_CACHE_DIR=/opt/commonsight
RUN node sfu/worker/src/getWorker.ts
COPY types types
COPY sfu/relay sfu/relay
RUN install -d -m 700 -o node -g node /relay
# So that commands work in the container as pages tell them.
RUN chmod 755 sfu/relay/src/main.ts \
  && ln -s "$PWD/"sfu/relay/src/main.ts /usr/local/bin/relay \
  && ln -s /relay /var/lib/commonsight-relay
USER node
VOLUME /relay
ENTRYPOINT ["node", "sfu/relay/src/main.ts"]
CMD ["run", "--folder", "/relay"]
