using System.CommandLine;
using Shouldly;
using Tidemark.Cli.Commands;
using Xunit;

namespace Tidemark.Cli.Tests.Unit.Commands;

/// <summary>Help that a terminal of any width shows as it is meant.</summary>
public sealed class HelpTextTests
{
    [Theory]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(110)]
    public void Lines_end_between_words_before_the_terminal_does(int width)
    {
        using var call = new InProcessCall();
        var root = CommandTree.Build(call.Host);
        foreach (var command in root.Subcommands.Prepend<Command>(root))
        {
            var lines = new HelpText(width).Of(command, root).ToArray();

            lines.Where(line => line.Length > width).ShouldAllBe(line => line.Trim().Split(' ').Length <= 6, command.Name);
            lines.ShouldAllBe(line => line.Length <= Math.Max(width, 80), command.Name); // examples are one line each
            var words = Words([command.Description!, .. command.Options.Where(o => !o.Hidden).Select(o => o.Description ?? "")]);
            words.Except(Words(lines)).ShouldBeEmpty(command.Name);
        }
    }

    [Fact]
    public void What_may_be_left_out_looks_so_and_commands_stand_in_groups()
    {
        using var call = new InProcessCall();
        var root = CommandTree.Build(call.Host);

        var text = string.Join('\n', new HelpText(80).Of(root, root));

        text.ShouldContain("list [<PREFIX>]");
        text.ShouldContain("sync [<SOURCE>...]");
        text.ShouldContain("show <DOCUMENT>");
        text.ShouldContain("search <QUERY>...");
        text.IndexOf("Bring the index in step:", StringComparison.Ordinal).ShouldBeInRange(0, text.IndexOf("  search ", StringComparison.Ordinal));
        foreach (var command in root.Subcommands.Where(c => !c.Hidden))
        {
            text.ShouldContain($"\n  {command.Name}");
        }
    }

    [Fact]
    public void A_command_within_a_command_shows_its_whole_path()
    {
        using var call = new InProcessCall();
        var root = CommandTree.Build(call.Host);
        var drop = root.Subcommands.Single(c => c.Name == "namespace").Subcommands.Single(c => c.Name == "drop");

        string.Join('\n', new HelpText(80).Of(drop, root)).ShouldContain("tidemark namespace drop <NAME> [options]");
    }

    private static IEnumerable<string> Words(IEnumerable<string> texts) =>
        texts.SelectMany(text => text.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
