using System.Text.Json.Nodes;
using Shouldly;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>What a process left behind.</summary>
internal sealed record ProcessResult(string CommandLine, int ExitCode, string Output, string Errors)
{
    /// <summary>The one JSON document on standard output; anything beside it fails the test.</summary>
    public JsonNode Json
    {
        get
        {
            try
            {
                return JsonNode.Parse(Output).ShouldNotBeNull();
            }
            catch (System.Text.Json.JsonException e)
            {
                throw new ShouldAssertException($"{this}\nis not one JSON document: {e.Message}", e);
            }
        }
    }

    /// <summary>The lines of JSON that <c>export</c> prints.</summary>
    public IReadOnlyList<JsonNode> JsonLines =>
        [.. Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonNode.Parse(l).ShouldNotBeNull())];

    public ProcessResult ShouldExit(int code)
    {
        ExitCode.ShouldBe(code, ToString());
        return this;
    }

    /// <summary>A failure as the contract has it: exit code, stable code, a message and a remedy.</summary>
    public JsonNode ShouldFail(int exitCode, string code)
    {
        ShouldExit(exitCode);
        var error = Json["error"].ShouldNotBeNull(ToString());
        ((string?)error["code"]).ShouldBe(code, ToString());
        ((string?)error["message"]).ShouldNotBeNullOrWhiteSpace(ToString());
        ((string?)error["remedy"]).ShouldNotBeNullOrWhiteSpace(ToString());
        return error;
    }

    public override string ToString() =>
        $"{CommandLine}\nexit code {ExitCode}\nstdout: {Cut(Output)}\nstderr: {Cut(Errors)}";

    private static string Cut(string text) => text.Length <= 4000 ? text : text[..4000] + " …";
}
