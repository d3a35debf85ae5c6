using System.CommandLine;
using Shouldly;
using Tidemark.Cli.Commands;
using Tidemark.Cli.Hosting;
using Xunit;

namespace Tidemark.Cli.Tests.Unit.Commands;

public sealed class UnknownOptionTests
{
    public static TheoryData<string> Calls
    {
        get
        {
            using var call = new InProcessCall();
            return [.. Leaves(CommandTree.Build(call.Host), "")];
        }
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public void No_command_takes_an_unknown_option_for_anything_else(string command)
    {
        using var call = new InProcessCall();

        call.Run([.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--no-such-option", "--json"]).ShouldBe(ExitCodes.Usage);

        ((string)call.Json["error"]!["code"]!).ShouldBe(ErrorCodes.Usage);
        ((string)call.Json["error"]!["message"]!).ShouldContain("'--no-such-option'");
    }

    private static IEnumerable<string> Leaves(Command command, string path) => command.Subcommands.Count == 0
        ? [path]
        : command.Subcommands.SelectMany(inner => Leaves(inner, $"{path} {inner.Name}"));
}
