/* Asks http://127.0.0.1:PORT/PATH and ends with 0 if the answer is 200: a health check where there is no shell. */
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

int main(int argc, char **argv) {
  if (argc != 3) {
    fprintf(stderr, "usage: probe PORT PATH\n");
    return 2;
  }
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((unsigned short)atoi(argv[1]))};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  struct timeval patience = {.tv_sec = 2};
  int line = socket(AF_INET, SOCK_STREAM, 0);
  setsockopt(line, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  setsockopt(line, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
  if (line < 0 || connect(line, (struct sockaddr *)&address, sizeof address) != 0) {
    perror("probe");
    return 1;
  }
  char text[512];
  int length = snprintf(text, sizeof text, "GET %s HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n", argv[2]);
  if (length < 0 || length >= (int)sizeof text || write(line, text, (size_t)length) != length) {
    perror("probe");
    return 1;
  }
  ssize_t got = read(line, text, sizeof text - 1);
  text[got > 0 ? got : 0] = '\0';
  close(line);
  if (strncmp(text, "HTTP/1.", 7) == 0 && strncmp(text + 8, " 200", 4) == 0) return 0;
  fprintf(stderr, "probe: %.*s\n", (int)strcspn(text, "\r\n"), text);
  return 1;
}
