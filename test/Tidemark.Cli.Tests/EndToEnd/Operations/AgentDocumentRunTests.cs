using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd.Operations;

/// <summary>The session of docs/agents.md, as it stands there.</summary>
public sealed class AgentDocumentRunTests
{
    [Fact]
    public async Task The_session_runs_and_every_line_prints_one_document()
    {
        using var work = new Workspace();
        var commands = Runbook.BlocksOf("docs/agents.md")["session"];

        var printed = (await Runbook.RunTextAsync(work.Root, commands)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        var documents = printed.Select(line => JsonNode.Parse(line)!).ToArray();
        documents.Length.ShouldBe(commands.Split('\n').Count(line => line.StartsWith("tidemark ", StringComparison.Ordinal)));
        documents.ShouldAllBe(document => document["error"] == null);
    }
}
