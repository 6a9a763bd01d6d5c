// Why this file: the program's one entrance; it only hands over to the command line.
#include "server/cli/command_line.hpp"

int main(int argc, char** argv) {
    return yuanliu::cli::run(argc, argv);
}
