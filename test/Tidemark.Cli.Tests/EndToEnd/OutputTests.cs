using Shouldly;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>Scripts may rely on the output: one JSON document, also on failure; people get plain text.</summary>
public sealed class OutputTests : IDisposable
{
    private readonly Workspace _work = new();

    public OutputTests() => _work.Write("docs/a.md", Prose.Markdown(1));

    public void Dispose() => _work.Dispose();

    [Theory]
    [InlineData("sync", "nowhere")]
    [InlineData("sync", "nowhere.jsonl")]
    [InlineData("sync", "docs", "--no-such-flag")]
    [InlineData("sync", "docs", "--cleanup", "sometimes")]
    [InlineData("sync", "docs", "--batch-size", "0")]
    [InlineData("sync", "docs", "--batch-size", "many")]
    [InlineData("sync", "docs", "--max-delete", "lots")]
    [InlineData("sync", "docs", "--chunker", "axe")]
    [InlineData("sync", "docs", "--embedder", "crystal-ball:3")]
    [InlineData("sync", "docs", "--embedder", "hashing:0")]
    [InlineData("sync", "docs", "--store", "floppy:a")]
    [InlineData("sync")]
    [InlineData("search")]
    [InlineData("search", "x", "--mode", "psychic")]
    [InlineData("search", "x", "-k", "-1")]
    [InlineData("no-such-command")]
    [InlineData("import", "nowhere.jsonl")]
    public async Task A_mistake_on_the_command_line_is_one_JSON_document_and_writes_nothing(params string[] command)
    {
        var result = await _work.RunAsync([.. command, "--json"]);

        result.ShouldExit(2);
        ((string)result.Json["error"]!["code"]!).ShouldNotBeNullOrWhiteSpace();
        ((string)result.Json["error"]!["message"]!).ShouldNotBeNullOrWhiteSpace();
        ((string)result.Json["error"]!["remedy"]!).ShouldNotBeNullOrWhiteSpace();
        File.Exists(_work.PathOf(Workspace.Database)).ShouldBeFalse();
    }

    [Fact]
    public async Task Every_mistake_in_the_configuration_is_reported_at_once()
    {
        _work.Write("tidemark.json", """{ "chunking": { "chunker": "axe", "size": -5 }, "no-such-setting": 1 }""");

        var result = await _work.RunAsync("sync", "docs", "--json");

        var error = result.ShouldFail(2, "configuration.invalid").ToJsonString();
        error.ShouldContain("axe");
        error.ShouldContain("no-such-setting");
    }

    [Fact]
    public async Task Malformed_configuration_is_named_with_its_place()
    {
        _work.Write("tidemark.json", "{ \"sources\": ");

        var error = (await _work.RunAsync("sync", "docs", "--json")).ShouldFail(2, "configuration.invalid");

        ((string)error["message"]!).ShouldContain("tidemark.json");
    }

    [Fact]
    public async Task For_people_the_output_is_plain_text_when_it_is_not_a_terminal()
    {
        var result = (await _work.RunAsync("sync", "docs")).ShouldExit(0);

        result.Output.ShouldNotContain("\u001b");
        result.Output.ShouldContain("docs");
        result.Output.Trim().ShouldNotStartWith("{");
    }

    [Fact]
    public async Task Errors_for_people_go_to_standard_error_with_the_remedy()
    {
        var result = (await _work.RunAsync("sync", "nowhere")).ShouldExit(2);

        result.Output.ShouldBeEmpty();
        result.Errors.ShouldContain("'nowhere'");
    }

    [Fact]
    public async Task Quiet_says_nothing_when_all_is_well()
    {
        var result = (await _work.RunAsync("sync", "docs", "--quiet")).ShouldExit(0);

        (result.Output + result.Errors).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("sync", "--help")]
    [InlineData("search", "--help")]
    public async Task Help_has_examples(params string[] command)
    {
        (await _work.RunAsync(command)).ShouldExit(0).Output.ShouldContain("tidemark ");
    }

    [Fact]
    public async Task The_version_is_printed() =>
        (await _work.RunAsync("--version")).ShouldExit(0).Output.ShouldMatch(@"^(tidemark )?\d+\.\d+\.\d+");

    [Fact]
    public async Task Init_writes_a_configuration_that_works()
    {
        (await _work.RunAsync("init")).ShouldExit(0);

        File.ReadAllText(_work.PathOf("tidemark.json")).ShouldContain("//");
        (await _work.SyncAsync("docs")).ShouldCount(added: 1);
        (await _work.RunAsync("init", "--json")).ExitCode.ShouldNotBe(0);
    }

    [Fact]
    public async Task Settings_come_from_file_environment_and_flags_in_that_order()
    {
        _work.Write("tidemark.json", """{ "embedding": { "model": "hashing:16" } }""");
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["TIDEMARK__EMBEDDING__MODEL"] = "hashing:32",
        };

        async Task<string> SpaceAsync(string store, IReadOnlyDictionary<string, string> settings, params string[] flags)
        {
            string[] sync = ["sync", "docs", "--store", $"sqlite:{store}.db", "--json", .. flags];
            return (string)(await _work.RunInAsync(".", settings, sync)).ShouldExit(0).Json["embedding"]!["space"]!;
        }

        (await SpaceAsync("file", new Dictionary<string, string>(StringComparer.Ordinal))).ShouldBe("hashing:16");
        (await SpaceAsync("environment", environment)).ShouldBe("hashing:32");
        (await SpaceAsync("flag", environment, "--embedder", "hashing:64")).ShouldBe("hashing:64");
    }
}
