using Shouldly;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd.Chroma;

/// <summary>Vectors in a real Chroma server, through the executable.</summary>
public sealed class ChromaIndexTests : IDisposable
{
    private const int Files = 6;
    private readonly Workspace _work = new();
    private readonly ChromaServer _server = ChromaServer.Shared();
    private readonly string _location;

    public ChromaIndexTests()
    {
        _location = _server.NewCollection();
        for (var i = 0; i < Files; i++)
        {
            _work.Write($"docs/{i}.md", Prose.Markdown(i));
        }
    }

    public void Dispose()
    {
        _server.DropAsync(_location).GetAwaiter().GetResult();
        _server.Dispose();
        _work.Dispose();
    }

    [Fact]
    public async Task A_token_goes_where_this_user_named_and_not_where_a_store_says_that_somebody_brought()
    {
        await _work.SyncAsync("docs", "--index", _location);
        _work.Environment["CHROMA_TOKEN"] = "secret";
        _work.Write("docs/new.md", "bravo");

        var refused = (await _work.RunAsync("sync", "docs", "--json")).ShouldFail(2, ErrorCodes.ConfigurationUntrusted);

        ((string)refused["remedy"]!).ShouldContain($"--index {_location}");
        (await _work.RunAsync("search", "alpha", "--json")).ShouldFail(2, ErrorCodes.ConfigurationUntrusted);
        await _work.SyncAsync("docs", "--index", _location);
        await _work.SyncAsync("docs"); // said once
        (await _work.RunAsync("trust", "--list")).ShouldExit(0).Output.ShouldContain("tidemark.db");
        (await _work.RunAsync("trust", "--revoke", _work.PathOf(".tidemark/tidemark.db"))).ShouldExit(0);
        _work.Write("docs/newer.md", "charlie");
        (await _work.RunAsync("sync", "docs", "--json")).ShouldFail(2, ErrorCodes.ConfigurationUntrusted);
    }

    [Fact]
    public async Task Searches_through_the_collection_answer_as_those_in_the_store()
    {
        await _work.SyncAsync("docs", "--store", "sqlite:plain.db");
        var sync = await _work.SyncAsync("docs", "--index", _location);
        var chunks = (await _work.RunAsync("export")).JsonLines.Count;

        ((string?)sync.Json["index"]!["location"]).ShouldBe(_location);
        ((long)sync.Json["index"]!["delivered"]!).ShouldBe(chunks);
        (await _server.CountAsync(_location)).ShouldBe(chunks);
        foreach (var arguments in (string[][])
            [["--mode", "vector"], ["--mode", "keyword"], ["--mode", "hybrid"], ["--mode", "vector", "-k", "3"]])
        {
            string[] search = ["search", "anchor basin harbour", "--json", .. arguments];
            (await _work.RunAsync(search)).Output.ShouldBe((await _work.RunAsync([.. search, "--store", "sqlite:plain.db"])).Output);
        }

        (await _work.ExportAsync("--vectors")).ShouldBe(await _work.ExportAsync("--vectors", "--store", "sqlite:plain.db"));
        await _work.VerifyCleanAsync("docs");
        var status = (await _work.RunAsync("status", "--json")).ShouldExit(0).Json["index"]!;
        ((string?)status["location"]).ShouldBe(_location);
        ((long)status["pending"]!, (long)status["documents"]!, (string?)status["oldest"]).ShouldBe((0, 0, null));
    }

    [Fact]
    public async Task Edits_moves_and_deletions_reach_the_collection_without_the_flag()
    {
        await _work.SyncAsync("docs", "--index", _location);
        _work.Delete("docs/0.md").Move("docs/1.md", "docs/moved.md").Write("docs/2.md", Prose.Markdown(77)).Write("docs/3.md", "");

        var sync = await _work.SyncAsync("docs");

        ((long)sync.Json["index"]!["pending"]!).ShouldBe(0);
        await _work.VerifyCleanAsync("docs");
        (await _server.CountAsync(_location)).ShouldBe((await _work.RunAsync("export")).JsonLines.Count);
        await _work.ShouldEqualFreshBuildAsync("docs");
        (await _work.SyncAsync("docs")).ShouldCount(skipped: 5).ShouldBeNoOp();
    }

    [Fact]
    public async Task Metadata_are_patched_in_the_collection_and_searched_without_embedding()
    {
        _work.WriteLines("r.jsonl", """{"id":"a","text":"word one","lang":"en","old":1}""", """{"id":"b","text":"word two","lang":"de"}""");
        await _work.SyncAsync("r.jsonl", "--index", _location);
        _work.WriteLines("r.jsonl", """{"id":"a","text":"word one","lang":"fr"}""", """{"id":"b","text":"word two","lang":"de"}""");

        (await _work.SyncAsync("r.jsonl")).ShouldCount(updated: 1, skipped: 1).ShouldEmbed(0);

        await _work.VerifyCleanAsync();
        var found = (await _work.RunAsync("search", "word", "--filter", "lang=fr,de", "--mode", "vector", "--json")).Json["hits"]!;
        found.AsArray().Select(hit => (string)hit!["document"]!).Order().ShouldBe(["a", "b"]);
        var stored = await _server.AskAsync(_location, "get", new { where = new { tidemark_document = "a" }, include = new[] { "metadatas" } });
        var metadata = stored["metadatas"]![0]!.AsObject();
        ((string?)metadata["lang"], metadata.ContainsKey("old")).ShouldBe(("fr", false));
    }

    [Fact]
    public async Task A_dropped_collection_is_rebuilt_without_an_embedding_call()
    {
        await _work.SyncAsync("docs", "--index", _location);
        var before = (await _work.RunAsync("search", "anchor basin", "--mode", "vector", "--json")).Output;
        await _server.DropAsync(_location);

        (await _work.RunAsync("search", "anchor basin", "--json")).ShouldFail(7, "index.missing");
        (await _work.RunAsync("verify", "--json")).ShouldExit(4);
        (await _work.RunAsync("sync", "docs")).ShouldExit(0).Output.ShouldContain("which was not asked");
        var status = (await _work.RunAsync("status", "--json")).ShouldExit(0).Json;
        status["alerts"]!.AsArray().Select(alert => (string)alert!["code"]!).ShouldContain("index.gone");
        (await _work.RunAsync("status")).Output.ShouldContain("which is gone");
        _work.Write("docs/new.md", "# New\n\nLantern.\n");
        var sync = await _work.SyncAsync(4, "docs");
        ((string?)sync.Json["index"]!["error"]!["code"]).ShouldBe("index.missing");
        (await _server.ExistsAsync(_location)).ShouldBeFalse();
        var repaired = (await _work.RunAsync("verify", "--repair", "--json")).ShouldExit(0).Json;

        ((long)repaired["embeddingCalls"]!, (bool)repaired["inSync"]!).ShouldBe((0, true));
        _work.Delete("docs/new.md");
        await _work.SyncAsync("docs");
        (await _work.RunAsync("search", "anchor basin", "--mode", "vector", "--json")).Output.ShouldBe(before);
        await _work.VerifyCleanAsync("docs");
    }

    [Theory]
    [InlineData("delete from external_index")]
    [InlineData("update external_index set location = 'chroma:http://127.0.0.1:9/another'")]
    [InlineData("update external_index set incarnation = 'another'")]
    [InlineData("update external_index set generation = generation + 7")]
    [InlineData("delete from index_owner")]
    [InlineData("update index_owner set owner = 'somebody'")]
    public async Task What_the_store_knows_of_its_collection_is_compared_and_comes_back(string damage)
    {
        await _work.SyncAsync("docs", "--index", _location);
        var before = (await _work.RunAsync("search", "anchor basin", "--mode", "vector", "--json")).Output;
        StoreFile.Execute(_work.PathOf(Workspace.Database), damage);

        (await _work.RunAsync("verify", "--json")).ShouldExit(4);
        var idle = await _work.RunAsync("sync", "docs", "--json");
        idle.ExitCode.ShouldBe(damage.Contains("incarnation", StringComparison.Ordinal) ? 0 : 7, "only the server tells that it is another one, and it is not asked");
        (await _work.RunAsync("search", "anchor basin", "--mode", "vector", "--json")).ShouldExit(7);

        var repaired = (await _work.RunAsync("verify", "--repair", "--json")).ShouldExit(0).Json;
        ((long)repaired["embeddingCalls"]!, (bool)repaired["inSync"]!).ShouldBe((0, true));
        ((string?)(await _work.RunAsync("status", "--json")).ShouldExit(0).Json["index"]!["location"]).ShouldBe(_location);
        (await _work.RunAsync("search", "anchor basin", "--mode", "vector", "--json")).Output.ShouldBe(before);
        await _work.VerifyCleanAsync("docs");
    }

    [Fact]
    public async Task Foreign_missing_and_damaged_entries_are_found_and_put_right()
    {
        await _work.SyncAsync("docs", "--index", _location);
        var listed = (await _server.AskAsync(_location, "get", new { include = new[] { "embeddings" } }))!;
        var ids = listed["ids"]!.AsArray().Select(id => (string)id!).ToArray();
        var vector = listed["embeddings"]![0]!.AsArray().Select(value => (float)value!).ToArray();
        await _server.AskAsync(_location, "delete", new { ids = new[] { ids[0] } });
        await _server.AskAsync(_location, "upsert", new { ids = new[] { "foreign", ids[1] }, embeddings = new[] { vector, vector } });

        var drift = (await _work.RunAsync("verify", "--json")).ShouldExit(4).Json;
        ((long)drift["missing"]!, (long)drift["orphaned"]!, (long)drift["stale"]!).ShouldBe((1, 1, 1));
        var repaired = (await _work.RunAsync("verify", "--repair", "--json")).ShouldExit(0).Json;

        ((long)repaired["repaired"]!, (long)repaired["embeddingCalls"]!).ShouldBe((3, 0));
        await _work.VerifyCleanAsync("docs");
    }

    [Fact]
    public async Task A_collection_of_another_namespace_store_or_space_is_refused_before_anything_is_written()
    {
        await _work.SyncAsync("docs", "--index", _location);
        var entries = await _server.CountAsync(_location);

        string[][] strangers =
        [
            ["--namespace", "other"], ["--store", "sqlite:elsewhere.db"], ["--rebuild", "--embedder", "hashing:64"],
        ];
        foreach (var stranger in strangers)
        {
            (await _work.RunAsync(["sync", "docs", "--json", "--index", _location, .. stranger])).ShouldFail(7, "index.foreign");
        }

        (await _server.CountAsync(_location)).ShouldBe(entries);
        await _work.VerifyCleanAsync("docs");
        (await _work.RunAsync("list", "--namespace", "other", "--json")).Output.ShouldNotContain("docs/");
    }

    [Fact]
    public async Task An_index_moves_only_on_request_and_without_an_embedding_call()
    {
        await _work.SyncAsync("docs");
        var before = (await _work.RunAsync("search", "anchor basin", "--mode", "vector", "--json")).Json["hits"]!.ToJsonString();

        (await _work.RunAsync("sync", "docs", "--index", _location, "--json")).ShouldFail(2, "pipeline.changed");
        (await _work.RunAsync("search", "anchor", "--index", _location, "--json")).ShouldFail(2, "pipeline.changed");
        foreach (var index in (string[])[_location, "store"])
        {
            (await _work.SyncAsync("docs", "--rebuild", "--index", index)).ShouldEmbed(0);
            (await _work.RunAsync("search", "anchor basin", "--mode", "vector", "--json")).Json["hits"]!.ToJsonString().ShouldBe(before, index);
            await _work.VerifyCleanAsync("docs");
        }
    }

    [Fact]
    public async Task A_chunker_that_changed_leaves_only_its_own_entries()
    {
        await _work.SyncAsync("docs", "--index", _location);

        await _work.SyncAsync("docs", "--rebuild", "--chunk-size", "400");

        (await _server.CountAsync(_location)).ShouldBe((await _work.RunAsync("export")).JsonLines.Count);
        await _work.VerifyCleanAsync("docs");
        await _work.ShouldEqualFreshBuildAsync("docs", "--chunk-size", "400");
    }

    [Fact]
    public async Task A_namespace_is_dropped_with_its_collection()
    {
        await _work.SyncAsync("docs", "--index", _location);

        (await _work.RunAsync("namespace", "drop", "default", "--json")).ShouldExit(0);

        (await _server.ExistsAsync(_location)).ShouldBeFalse();
        await _work.SyncAsync("docs", "--index", _location);
        await _work.VerifyCleanAsync("docs");
        (await _work.RunAsync("namespace", "drop", "default", "--index", "store", "--json")).ShouldExit(0);
        (await _server.ExistsAsync(_location)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_copied_store_has_its_index_in_itself()
    {
        await _work.SyncAsync("docs", "--index", _location);

        (await _work.RunAsync("store", "copy", "--to", "sqlite:copy.db", "--json")).ShouldExit(0);

        await _work.VerifyCleanAsync("--store", "sqlite:copy.db");
        (await _work.ExportAsync("--vectors", "--store", "sqlite:copy.db")).ShouldBe(await _work.ExportAsync("--vectors"));
        var status = (await _work.RunAsync("status", "--store", "sqlite:copy.db", "--json")).Json;
        ((string?)status["index"]!["location"]).ShouldBe("store");
    }

    [Fact]
    public async Task A_saved_plan_knows_where_the_index_is()
    {
        await _work.PlanAsync("docs", "--index", _location, "--out", "plan.json");
        (await _server.ExistsAsync(_location)).ShouldBeFalse();

        var applied = (await _work.RunAsync("apply", "plan.json", "--json")).ShouldExit(0).Json;

        ((string?)applied["index"]!["location"]).ShouldBe(_location);
        await _work.VerifyCleanAsync("docs");
    }

    [Fact]
    public async Task A_run_without_changes_does_not_load_what_it_does_not_need()
    {
        await _work.SyncAsync("docs", "--index", _location);
        var loaded = "";

        // A run is so short that a busy machine may look too late, or only before anything was loaded: then once more.
        while (!loaded.Contains("Tidemark.Core.dll", StringComparison.Ordinal))
        {
            using var process = _work.StartBuilt("sync", "-", "--json", "--source-name", "none", "--cleanup", "none");
            var ended = process.FinishAsync();
            while (!ended.IsCompleted)
            {
                loaded = process.LoadedFiles() is { Length: > 0 } now ? now : loaded;
                await Task.Yield();
            }

            (await ended).ShouldExit(0);
        }

        loaded.ShouldNotContain("Tidemark.Chroma.dll");
    }
}
