/*
 * measure: runs a command with its standard output thrown away and prints
 * the seconds it took and the most memory it had, in kilobytes, as
 * "seconds kilobytes". The exit status is that of the command.
 *
 * There is no standard command for the memory (GNU time is a package of its
 * own), and the kernel keeps the figure for every child that was waited for.
 * ru_maxrss is in kilobytes on Linux and the BSDs.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define CANNOT_RUN 127 /* as the shell says it */

static int
complain(const char *what)
{
	fprintf(stderr, "measure: %s: %s\n", what, strerror(errno));
	return CANNOT_RUN;
}

static int
run_quietly(char **command)
{
	int null = open("/dev/null", O_WRONLY);

	if (null < 0 || dup2(null, STDOUT_FILENO) < 0)
		return complain("/dev/null");
	execvp(command[0], command);
	return complain(command[0]);
}

static double
seconds(const struct timespec *from, const struct timespec *to)
{
	return (double)(to->tv_sec - from->tv_sec) +
	       (double)(to->tv_nsec - from->tv_nsec) / 1e9;
}

int
main(int argc, char **argv)
{
	struct timespec start, end;
	struct rusage usage;
	int status;
	pid_t child;

	if (argc < 2) {
		fprintf(stderr, "usage: measure COMMAND [ARGUMENT...]\n");
		return 2;
	}
	clock_gettime(CLOCK_MONOTONIC, &start);
	child = fork();
	if (child == 0)
		_exit(run_quietly(argv + 1));
	if (child < 0 || waitpid(child, &status, 0) < 0)
		return complain(argv[1]);
	clock_gettime(CLOCK_MONOTONIC, &end);
	if (getrusage(RUSAGE_CHILDREN, &usage) != 0)
		return complain("getrusage");
	printf("%.3f %ld\n", seconds(&start, &end), usage.ru_maxrss);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}
