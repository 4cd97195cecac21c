# The Artificer server with the OCR program and its languages. Build folder: deploy/, after `npm run pack`.
FROM node:24-bookworm-slim
RUN apt-get update && apt-get install --yes --no-install-recommends tesseract-ocr tesseract-ocr-kor tesseract-ocr-jpn tesseract-ocr-chi-sim && rm -rf /var/lib/apt/lists/*
WORKDIR /srv/artificer
COPY packages/artificer-server.tgz images/artificer-health.mjs ./
RUN npm install --omit=dev --ignore-scripts --no-audit --no-fund ./artificer-server.tgz
# Every address of the container: which of them others reach is for the network to say.
ENV NODE_ENV=production GRPC_HOST=0.0.0.0 GRPC_PORT=50051
USER node
EXPOSE 50051
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s CMD ["node", "artificer-health.mjs"]
CMD ["node_modules/.bin/artificer-server"]
