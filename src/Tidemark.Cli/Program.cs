using Tidemark.Cli.Commands;
using Tidemark.Cli.Hosting;

// Scripts ask for the version often: it costs no parser.
if (args is ["--version"])
{
    using var terminal = new Terminal();
    terminal.Output.WriteLine("tidemark " + ProductVersion.Text);
    return ExitCodes.Done;
}

return CommandRunner.Run(args);
