# The FableForge server. Build folder: deploy/, after `npm run pack`.
FROM node:24-bookworm-slim
WORKDIR /srv/fableforge
COPY packages/fableforge-server.tgz images/http-health.mjs ./
RUN npm install --omit=dev --ignore-scripts --no-audit --no-fund ./fableforge-server.tgz
# Every address of the container: which of them others reach is for the network to say.
ENV NODE_ENV=production FABLEFORGE_HOST=0.0.0.0 FABLEFORGE_PORT=8080
USER node
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s CMD ["node", "http-health.mjs", "http://127.0.0.1:8080/ready"]
CMD ["node_modules/.bin/fableforge-server"]
