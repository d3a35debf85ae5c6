using System.CommandLine;
using Tidemark.Cli.Hosting;

namespace Tidemark.Cli.Commands;

/// <summary>Scripts that make a shell complete the commands and options of this executable.</summary>
internal static class CompletionCommand
{
    public const string Name = "completion";

    public static TidemarkCommand Build(CommandHost host)
    {
        var shell = new Argument<string>("SHELL") { Description = "bash, zsh, fish or pwsh" };
        shell.CompletionSources.Add([.. CompletionScripts.Shells]);
        var command = new TidemarkCommand(
            Name,
            "Prints a script that makes a shell complete tidemark's commands and options.",
            "source <(tidemark completion bash)",
            "tidemark completion zsh > \"${fpath[1]}/_tidemark\"",
            "tidemark completion fish > ~/.config/fish/completions/tidemark.fish",
            "tidemark completion pwsh | Out-String | Invoke-Expression")
        {
            shell,
        };
        command.SetAction(parsed =>
        {
            host.Terminal.Output.Write(CompletionScripts.For(parsed.GetValue(shell)!));
            return ExitCodes.Done;
        });
        return command;
    }
}
