/* Asks the server in this container whether it is ready: exit 0 if it answers 200, else 1.
   A Java program would cost 40 MB and a tenth of a second of CPU every ten seconds; this costs nothing.
   usage: health [PORT [PATH]] */
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

enum { SECONDS = 3, LONGEST = 512 };

static int fail(const char *why) {
  fprintf(stderr, "not healthy: %s\n", why);
  return 1;
}

/* Reads until the first line is whole. */
static int read_status(int connection, char *answer, size_t size) {
  size_t have = 0;
  while (have < size - 1) {
    ssize_t got = read(connection, answer + have, size - 1 - have);
    if (got <= 0) break;
    have += (size_t)got;
    answer[have] = 0;
    if (strchr(answer, '\n')) return 1;
  }
  return 0;
}

int main(int count, char **words) {
  long port = count > 1 ? strtol(words[1], NULL, 10) : 8080;
  const char *path = count > 2 ? words[2] : "/health/ready";
  if (port < 1 || port > 65535) return fail("the port must be a number from 1 to 65535");

  char request[LONGEST], answer[LONGEST];
  int length = snprintf(request, sizeof request,
                        "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%ld\r\nConnection: close\r\n\r\n", path, port);
  if (length < 0 || length >= (int)sizeof request) return fail("the path is too long");

  struct timeval patience = {.tv_sec = SECONDS};
  struct sockaddr_in server = {.sin_family = AF_INET, .sin_port = htons((unsigned short)port)};
  server.sin_addr.s_addr = htonl(INADDR_LOOPBACK);

  int connection = socket(AF_INET, SOCK_STREAM, 0);
  if (connection < 0 || setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience) ||
      setsockopt(connection, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience))
    return fail("no socket");
  if (connect(connection, (struct sockaddr *)&server, sizeof server)) return fail("nobody listens");
  if (write(connection, request, (size_t)length) != length) return fail("cannot ask");
  if (!read_status(connection, answer, sizeof answer)) return fail("no answer in time");
  close(connection);

  int status = 0;
  if (sscanf(answer, "HTTP/%*s %d", &status) != 1) return fail("the answer is not HTTP");
  if (status == 200) return 0;
  fprintf(stderr, "not healthy: %s answered %d\n", path, status);
  return 1;
}
