# The SFU host: forwards video from uplinks to browsers. The mediasoup worker is fetched, or built where it cannot be.
FROM node:24-bookworm-slim
RUN apt-get update && apt-get install -y --no-install-recommends \
    ca-certificates cmake ninja-build g++ libuv1-dev libssl-dev libsrtp2-dev libabsl-dev libflatbuffers-dev flatbuffers-compiler \
  && rm -rf /var/lib/apt/lists/*
WORKDIR /commonsight
COPY package.json pnpm-workspace.yaml pnpm-lock.yaml ./
COPY types/package.json types/
COPY sfu/package.json sfu/
COPY sfu/worker/package.json sfu/worker/
RUN npx --yes pnpm@12.21.0 install --frozen-lockfile --prod --filter @commonsight/sfu...
COPY sfu/worker sfu/worker
ENV COMMONSIGHT_CACHE_DIR=/opt/commonsight
RUN node sfu/worker/src/getWorker.ts
COPY types types
COPY sfu/src sfu/src
USER node
ENV SFU_LISTEN_ADDRESS=0.0.0.0
# WebRTC for browsers, one port for each worker; uplinks from relays.
EXPOSE 44400-44407/udp 44400-44407/tcp 41000-41199/udp
CMD ["node", "sfu/src/main.ts"]
