using System.Text.Json;
using Shouldly;
using Tidemark.Agents;
using Tidemark.Chunking;
using Tidemark.Conformance.InMemory;
using Tidemark.Conformance.Syncing;
using Tidemark.Documents;
using Xunit;

namespace Tidemark.Tests.Agents;

/// <summary>What agents ask of an index, whatever brings their questions.</summary>
public sealed class AgentToolsTests : IAsyncDisposable
{
    private readonly InMemoryStore _store = new();
    private readonly CountingGenerator _generator = new();
    private readonly TidemarkIndex _index;
    private AgentTools _tools = new();

    public AgentToolsTests()
    {
        _index = TidemarkIndex.Create(index => index
            .UseStore(_store)
            .UseEmbedder(_generator, "counting:32", CountingGenerator.Dimensions)
            .UseChunker(new ChunkerChoice { Kind = ChunkerKind.Structured, Size = 200 }));
    }

    public ValueTask DisposeAsync() => _index.DisposeAsync();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Search_finds_each_document_once_and_fetch_reads_it()
    {
        var text = string.Join("\n\n", Enumerable.Range(0, 20).Select(i => $"Paragraph {i} speaks of harbours and of the tide that comes twice a day."));
        await SyncAsync(
            new Document { Id = "docs/tides.md", Text = text, Metadata = DocumentMetadata.Of(("title", "Of tides"), ("lang", "en")) },
            new Document { Id = "docs/boats.md", Text = "A boat in harbours is safe." });

        var found = await AskAsync("search", """{"query":"tide harbours","mode":"keyword"}""");
        var results = found.GetProperty("results").EnumerateArray().ToArray();
        var read = await AskAsync("fetch", """{"id":"docs/tides.md"}""");

        results.Select(result => result.GetProperty("id").GetString()).ShouldBe(["docs/tides.md", "docs/boats.md"]);
        results[0].GetProperty("title").GetString().ShouldBe("Of tides");
        results[0].GetProperty("url").GetString().ShouldBe("tidemark://default/docs/tides.md");
        results[0].GetProperty("passage").GetString()!.ShouldContain("tide");
        results[1].GetProperty("title").GetString().ShouldBe("boats");
        found.GetProperty("complete").GetBoolean().ShouldBeTrue();
        found.TryGetProperty("nextCursor", out _).ShouldBeFalse();
        read.GetProperty("text").GetString().ShouldBe(text);
        read.GetProperty("metadata").GetProperty("lang").GetString().ShouldBe("en");
        read.GetProperty("truncated").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task Pages_of_a_search_neither_repeat_nor_leave_out()
    {
        await SyncAsync([.. Enumerable.Range(0, 130).Select(i => new Document { Id = $"d{i:000}", Text = $"harbour number {i} " + new string('x', i) })]);
        var seen = new List<string>();
        for (string? cursor = null; ;)
        {
            var page = await AskAsync("search", $$"""{"query":"harbour","mode":"keyword","k":{{7 + (seen.Count % 3)}}{{(cursor is null ? "" : $",\"cursor\":\"{cursor}\"")}}}""");
            seen.AddRange(page.GetProperty("results").EnumerateArray().Select(result => result.GetProperty("id").GetString()!));
            if (!page.TryGetProperty("nextCursor", out var next))
            {
                break;
            }

            cursor = next.GetString();
        }

        seen.Count.ShouldBe(130);
        seen.Distinct(StringComparer.Ordinal).Count().ShouldBe(130);
    }

    [Fact]
    public async Task A_search_is_limited_as_on_the_command_line()
    {
        await SyncAsync(
            new Document { Id = "a/1", Text = "harbour", Metadata = DocumentMetadata.Of(("lang", "en"), ("year", 2020)) },
            new Document { Id = "a/2", Text = "harbour", Metadata = DocumentMetadata.Of(("lang", "de"), ("year", 2020)) },
            new Document { Id = "b/3", Text = "harbour", Metadata = DocumentMetadata.Of(("lang", "en"), ("year", 2010)) });

        (await IdsAsync("""{"query":"harbour","filters":["lang=en","year>=2015"]}""")).ShouldBe(["a/1"]);
        (await IdsAsync("""{"query":"harbour","filters":"lang=de"}""")).ShouldBe(["a/2"]);
        (await IdsAsync("""{"query":"harbour","path":"b"}""")).ShouldBe(["b/3"]);
        (await IdsAsync("""{"query":"harbour","source":"others"}""")).ShouldBeEmpty();
        (await IdsAsync("""{"query":"harbour","k":1}""")).Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_long_text_comes_in_parts_and_says_so()
    {
        var text = string.Concat(Enumerable.Range(0, 4000).Select(i => $"Line {i} of a long text.\n"));
        await SyncAsync(new Document { Id = "long", Text = text });
        var parts = new List<string>();
        for (var offset = 0; ;)
        {
            var part = await AskAsync("fetch", $$"""{"id":"long","offset":{{offset}}}""");
            parts.Add(part.GetProperty("text").GetString()!);
            part.GetProperty("characters").GetInt32().ShouldBe(text.Length);
            if (!part.GetProperty("truncated").GetBoolean())
            {
                break;
            }

            offset = part.GetProperty("nextOffset").GetInt32();
        }

        parts.Count.ShouldBe(4);
        parts.ShouldAllBe(part => part.Length <= 30_000);
        string.Concat(parts).ShouldBe(text);
    }

    [Fact]
    public async Task Addresses_come_from_the_template_of_the_source()
    {
        _tools = new AgentTools(new AgentOptions
        {
            Urls = new Dictionary<string, UrlTemplate>(StringComparer.Ordinal) { ["documents"] = UrlTemplate.Parse("https://docs.example/{page}") },
        });
        await SyncAsync(
            new Document { Id = "a", Text = "harbour", Metadata = DocumentMetadata.Of(("page", "one")) },
            new Document { Id = "b c", Text = "boats" });

        (await AskAsync("fetch", """{"id":"a"}""")).GetProperty("url").GetString().ShouldBe("https://docs.example/one");
        (await AskAsync("fetch", """{"id":"b c"}""")).GetProperty("url").GetString().ShouldBe("tidemark://default/b%20c");
    }

    [Fact]
    public async Task Freshness_and_why_tell_of_the_index()
    {
        await SyncAsync(new Document { Id = "a", Text = "harbour" });

        var freshness = await AskAsync("freshness", "{}");
        var why = await AskAsync("why", """{"id":"a"}""");

        freshness.GetProperty("documents").GetInt64().ShouldBe(1);
        freshness.GetProperty("breached").ValueKind.ShouldBeOneOf(JsonValueKind.True, JsonValueKind.False);
        freshness.GetProperty("lastRun").GetProperty("outcome").GetString().ShouldBe("succeeded");
        why.GetProperty("chunks").EnumerateArray().ShouldHaveSingleItem().GetProperty("reason").GetString().ShouldBe("text");
        why.TryGetProperty("nextOffset", out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("search", "{}", "usage", "'search' needs 'query', a text that is not empty")]
    [InlineData("search", """{"query":" "}""", "usage", "'search' needs 'query', a text that is not empty")]
    [InlineData("search", """{"query":5}""", "usage", "'query' is 5")]
    [InlineData("search", """{"query":"x","filter":["a=b"]}""", "usage", "'search' has no argument 'filter'")]
    [InlineData("search", """{"query":"x","filters":[1]}""", "usage", "'filters' is [1]")]
    [InlineData("search", """{"query":"x","mode":"best"}""", "usage", "'mode' is 'best'")]
    [InlineData("search", """{"query":"x","k":51}""", "usage", "'k' is 51")]
    [InlineData("search", """{"query":"x","k":2.5}""", "usage", "'k' is 2.5")]
    [InlineData("search", """{"query":"x","cursor":"40.10.00000000"}""", "usage", "the cursor '40.10.00000000' is not of this search")]
    [InlineData("fetch", """{"id":"aa"}""", "document.missing", "there is no document 'aa' in the index")]
    [InlineData("fetch", """{"id":"a","offset":8}""", "usage", "'offset' is 8, and the text has 7 characters")]
    [InlineData("why", """{"id":"nowhere"}""", "document.missing", "there is no document 'nowhere' in the index")]
    [InlineData("freshness", """{"now":true}""", "usage", "'freshness' has no argument 'now'")]
    public async Task A_mistake_is_answered_by_what_is_wrong_and_what_to_do(string tool, string arguments, string code, string message)
    {
        await SyncAsync(new Document { Id = "a", Text = "harbour" });

        var answer = await CallAsync(tool, arguments);

        answer.IsError.ShouldBeTrue();
        var error = JsonDocument.Parse(answer.Json).RootElement.GetProperty("error");
        (error.GetProperty("code").GetString(), error.GetProperty("message").GetString()).ShouldBe((code, message));
        error.GetProperty("remedy").GetString().ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task Who_asks_for_a_document_that_is_not_there_learns_where_ids_come_from()
    {
        await SyncAsync(new Document { Id = "docs/a", Text = "harbour" });

        (await ErrorAsync("fetch", """{"id":"docs/A"}""")).ShouldBe(
            "did you mean 'docs/a'? Otherwise call 'search': each of its results has the 'id' that this tool takes");
        (await ErrorAsync("fetch", """{"id":"something else"}""")).ShouldBe(
            "call 'search': each of its results has the 'id' that this tool takes");
    }

    [Fact]
    public async Task Before_the_first_sync_it_is_said_what_is_missing() =>
        (await ErrorAsync("search", """{"query":"x"}""")).ShouldStartWith("nothing was indexed yet: ask whoever runs this index to sync its source");

    [Fact]
    public void Schemas_name_what_is_required_and_every_tool_has_words_for_people_and_models()
    {
        _tools.All.Select(tool => tool.Name).ShouldBe(["search", "fetch", "freshness", "why"]);
        foreach (var tool in _tools.All)
        {
            tool.Title.ShouldNotBeEmpty();
            tool.Description.Length.ShouldBeGreaterThan(80);
            foreach (var schema in new[] { tool.InputSchema, tool.OutputSchema })
            {
                schema.GetProperty("type").GetString().ShouldBe("object");
                if (schema.TryGetProperty("required", out var required))
                {
                    var properties = schema.GetProperty("properties").EnumerateObject().Select(property => property.Name).ToArray();
                    required.EnumerateArray().Select(name => name.GetString()!).ShouldBeSubsetOf(properties);
                }
            }
        }
    }

    private Task SyncAsync(params Document[] documents) => _index.SyncAsync(documents.ToAsyncEnumerable(), cancellationToken: Token);

    private async Task<string?[]> IdsAsync(string arguments) =>
        [.. (await AskAsync("search", arguments)).GetProperty("results").EnumerateArray().Select(result => result.GetProperty("id").GetString())];

    private async Task<JsonElement> AskAsync(string tool, string arguments)
    {
        var answer = await CallAsync(tool, arguments);
        answer.Failure.ShouldBeNull();
        return JsonDocument.Parse(answer.Json).RootElement;
    }

    private async Task<string?> ErrorAsync(string tool, string arguments)
    {
        var answer = await CallAsync(tool, arguments);
        answer.IsError.ShouldBeTrue();
        return JsonDocument.Parse(answer.Json).RootElement.GetProperty("error").GetProperty("remedy").GetString();
    }

    private Task<AgentAnswer> CallAsync(string tool, string arguments) => _tools.Find(tool)!.CallAsync(
        _index,
        JsonDocument.Parse(arguments).RootElement.EnumerateObject().Select(one => KeyValuePair.Create(one.Name, one.Value)),
        Token);
}
