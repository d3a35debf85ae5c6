using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Shouldly;
using Tidemark.Agents;
using Tidemark.Cli.Commands;
using Tidemark.Cli.Hosting;
using Xunit;

namespace Tidemark.Cli.Tests.Unit.Documentation;

/// <summary>What agents read is true: every command parses, every tool and code is there, every document is named.</summary>
public sealed partial class AgentDocumentTests
{
    [Theory]
    [InlineData("docs/agents.md", 15)]
    [InlineData("docs/mcp.md", 1)]
    public void Every_command_that_a_document_shows_is_understood(string document, int atLeast)
    {
        using var call = new InProcessCall();
        var shown = Shown().Matches(RepositoryFile.Read(document)).Select(match => match.Groups["arguments"].Value.Trim()).ToArray();

        shown.Length.ShouldBeGreaterThanOrEqualTo(atLeast);
        foreach (var arguments in shown)
        {
            var parsed = CommandTree.Parse([.. Words(arguments)], call.Host);
            parsed.Errors.Select(error => error.Message).ShouldBeEmpty($"'{document}' shows 'tidemark {arguments}'");
            parsed.CommandResult.Command.ShouldBeOfType<TidemarkCommand>($"'{document}' shows 'tidemark {arguments}'");
        }
    }

    [Fact]
    public void Exit_codes_are_told_as_the_command_line_has_them()
    {
        var text = RepositoryFile.Read("docs/agents.md");
        var rows = string.Concat(ExitCodes.Meanings.Select(row => $"| {row.Code} | {row.Meaning} |\n"));

        text.ShouldContain("| code | meaning |\n|---|---|\n" + rows + "\n", customMessage: "docs/agents.md has other exit codes than ExitCodes");
    }

    [Fact]
    public void Tools_are_told_with_their_arguments_and_what_they_answer()
    {
        var lines = RepositoryFile.Read("docs/mcp.md").Split('\n');
        foreach (var tool in new AgentTools().All)
        {
            var cells = lines.Single(line => line.StartsWith($"| `{tool.Name}` |", StringComparison.Ordinal)).Split('|');
            Names().Matches(cells[2]).Select(match => match.Groups["name"].Value)
                .ShouldBe(tool.InputSchema.GetProperty("properties").EnumerateObject().Select(property => property.Name));
            foreach (Match answered in Members().Matches(cells[3]))
            {
                tool.OutputSchema.GetRawText().ShouldContain(answered.Value);
            }
        }
    }

    [Fact]
    public void Configurations_of_agents_are_json_that_starts_the_command()
    {
        var blocks = Json().Matches(RepositoryFile.Read("docs/mcp.md")).Select(match => JsonNode.Parse(match.Groups["json"].Value)!).ToArray();

        blocks.Length.ShouldBe(3);
        var server = blocks[0]["mcpServers"]!.AsObject().ShouldHaveSingleItem().Value!;
        ((string?)server["command"], (string?)server["args"]![0]).ShouldBe(("tidemark", McpCommand.Name));
        UrlTemplate.Parse((string)blocks[1]["sources"]![0]!["url"]!);
        new Uri((string)blocks[2]["mcpServers"]!.AsObject().ShouldHaveSingleItem().Value!["url"]!).AbsolutePath.ShouldBe("/mcp");
    }

    [Fact]
    public void The_list_for_models_names_every_document_and_nothing_else()
    {
        var named = Link().Matches(RepositoryFile.Read("docs/llms.txt")).Select(match => match.Groups["target"].Value).ToArray();
        var there = Directory.GetFiles(Path.Combine(RepositoryFile.Root, "docs"), "*.md").Select(file => Path.GetFileName(file)!);

        named.Order(StringComparer.Ordinal).ShouldBe(there.Order(StringComparer.Ordinal));
    }

    /// <summary>As a shell parts them, quotes and all; what comes behind a comment, a pipe or another command is not ours.</summary>
    private static IEnumerable<string> Words(string arguments) => Word().Matches(arguments)
        .Select(match => match.Value)
        .TakeWhile(word => word is not ("|" or "||" or "&&" or "#"))
        .Select(word => string.Concat(Part().Matches(word).Select(part => part.Value is ['\'', .., '\''] or ['"', .., '"'] ? part.Value[1..^1] : part.Value)));

    [GeneratedRegex(@"(?:^|`)tidemark (?<arguments>[a-z][^`\n]*)", RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex Shown();

    [GeneratedRegex("""(?:'[^']*'|"[^"]*"|[^\s'"])+""", RegexOptions.NonBacktracking)]
    private static partial Regex Word();

    [GeneratedRegex("""'[^']*'|"[^"]*"|[^'"]+""", RegexOptions.NonBacktracking)]
    private static partial Regex Part();

    [GeneratedRegex("`(?<name>[a-z]+)`", RegexOptions.NonBacktracking)]
    private static partial Regex Names();

    [GeneratedRegex("\"[a-zA-Z0-9]+\"", RegexOptions.NonBacktracking)]
    private static partial Regex Members();

    [GeneratedRegex("```json\n(?<json>[^`]*)```", RegexOptions.NonBacktracking)]
    private static partial Regex Json();

    [GeneratedRegex(@"\]\((?<target>[^)]+)\)", RegexOptions.NonBacktracking)]
    private static partial Regex Link();
}
