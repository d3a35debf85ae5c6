using Shouldly;
using Tidemark.ProviderServer;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>The executable against a provider that does nothing wrong.</summary>
public sealed class ProviderTests
{
    [Fact]
    public async Task Documents_are_embedded_and_found_and_the_index_is_in_step()
    {
        await using var provider = await ProviderWorkspace.StartAsync();

        var report = await provider.Lines(250).SyncAsync();

        report.ShouldCount(added: 250).ShouldEmbed(250);
        ((string?)report.Json["embedding"]!["space"]).ShouldBe("openai:test-model:8");
        (await provider.CountRightVectorsAsync()).ShouldBe(250);
        provider.Host.Requests.ShouldAllBe(r => r.Authorization == $"Bearer {ProviderWorkspace.Key}" && r.Encoding == "base64");
        var search = (await provider.RunAsync("search", "text number 17", "-k", "1", "--mode", "vector", "--json")).ShouldExit(0);
        ((string?)search.Json["hits"]![0]!["document"]).ShouldBe("d0017");
        await provider.Work.VerifyCleanAsync("lines.jsonl");
        provider.ShouldHavePaidOnce(twiceAtMost: 1); // the question is the text of a document
    }

    [Fact]
    public async Task An_index_of_another_model_is_refused_before_anything_is_asked()
    {
        await using var provider = await ProviderWorkspace.StartAsync();
        await provider.Lines(5).SyncAsync();
        provider.Host.Forget();

        var refused = await provider.RunAsync("sync", "lines.jsonl", "--embedder", "openai:nobody-knows-its-dimensions", "--json");

        refused.ShouldFail(2, "pipeline.changed");
        provider.Host.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Only_what_embeds_needs_the_provider_and_its_key()
    {
        await using var provider = await ProviderWorkspace.StartAsync();
        await provider.Lines(20).SyncAsync();
        provider.Work.Environment.Remove("OPENAI_API_KEY");
        provider.Work.Environment.Remove("EMBED_MODEL");
        provider.Work.Environment.Remove("OPENAI_BASE_URL");
        provider.Host.Forget();

        (await provider.SyncAsync()).ShouldBeNoOp();
        (await provider.Work.PlanAsync("lines.jsonl")).ShouldBeNoOp();
        await provider.Work.VerifyCleanAsync("lines.jsonl");
        (await provider.RunAsync("status", "--json")).ShouldExit(0);
        (await provider.RunAsync("search", "text", "--mode", "keyword", "--json")).ShouldExit(0);
        (await provider.RunAsync("export")).ShouldExit(0);
        (await provider.Lines(21).Work.PlanAsync("lines.jsonl")).Inputs.ShouldBe(1);
        (await provider.RunAsync("sync", "lines.jsonl", "--json")).ShouldFail(2, ErrorCodes.EmbeddingKeyMissing);
        var refused = (await provider.RunAsync("search", "text", "--json")).ShouldFail(2, ErrorCodes.EmbeddingKeyMissing);
        ((string?)refused["remedy"])!.ShouldContain(provider.Host.BaseUrl.ToString().TrimEnd('/'), customMessage: "it embedded the namespace");
        provider.Host.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_server_without_keys_is_asked_without_one()
    {
        await using var provider = await ProviderWorkspace.StartAsync();
        provider.Work.Environment.Remove("OPENAI_API_KEY");

        await provider.Lines(5).SyncAsync();

        provider.Host.Requests.ShouldAllBe(request => request.Authorization == null);
    }

    [Fact]
    public async Task A_namespace_keeps_its_space_and_another_is_refused()
    {
        await using var provider = await ProviderWorkspace.StartAsync();
        await provider.Lines(5).SyncAsync();
        provider.Work.Environment.Remove("EMBED_MODEL");

        (await provider.Lines(6).SyncAsync()).ShouldEmbed(1);
        (await provider.RunAsync("sync", "lines.jsonl", "--embedder", "openai:other:8", "--json"))
            .ShouldFail(2, ErrorCodes.PipelineChanged);
        (await provider.RunAsync("search", "text", "--embedder", "hashing:384", "--json")).ShouldFail(2, ErrorCodes.EmbeddingSpace);
    }

    /// <summary>The model is the index's own, whatever the offline one could do.</summary>
    [Fact]
    public async Task Dimensions_alone_are_meant_of_the_model_that_the_index_has()
    {
        await using var provider = await ProviderWorkspace.StartAsync(model: "openai:mine:16");
        await provider.Lines(3).SyncAsync();
        provider.Work.Environment.Remove("EMBED_MODEL");
        provider.Work.Environment["EMBED_DIMENSIONS"] = "16";
        (await provider.SyncAsync()).ShouldCount(skipped: 3);

        provider.Work.Environment["EMBED_DIMENSIONS"] = "8";
        var refused = (await provider.RunAsync("sync", "lines.jsonl", "--json")).ShouldFail(2, ErrorCodes.PipelineChanged);

        ((string)refused["message"]!).ShouldContain("'openai:mine:8'");
        var rebuilt = await provider.SyncAsync("--rebuild");
        ((string?)rebuilt.Json["embedding"]!["space"]).ShouldBe("openai:mine:8");
        (await provider.CountRightVectorsAsync()).ShouldBe(3);
    }

    [Theory]
    [InlineData("EMBED_MODEL", "text-embedding-3-small", "EMBED_DIMENSIONS", "16", "openai:text-embedding-3-small:16")]
    [InlineData("EMBED_MODEL", "nomic-embed-text:latest", "EMBED_DIMENSIONS", "16", "openai:nomic-embed-text:latest:16")]
    [InlineData("EMBED_MODEL", "openai:mine:16", "UNRELATED", "", "openai:mine:16")]
    [InlineData("TIDEMARK__EMBEDDING__MODEL", "openai:mine", "EMBED_DIMENSIONS", "16", "openai:mine:16")]
    public async Task The_model_comes_from_the_environment(string name, string value, string other, string dimensions, string space)
    {
        await using var provider = await ProviderWorkspace.StartAsync();
        provider.Work.Environment.Remove("EMBED_MODEL");
        provider.Work.Environment[name] = value;
        provider.Work.Environment[other] = dimensions;

        var report = await provider.Lines(3).SyncAsync();

        ((string?)report.Json["embedding"]!["space"]).ShouldBe(space);
        provider.Host.Requests.ShouldAllBe(request => request.Dimensions == 16);
        (await provider.CountRightVectorsAsync()).ShouldBe(3);
    }

    [Fact]
    public async Task A_model_of_unknown_size_is_asked_once_and_a_plan_asks_nothing()
    {
        await using var provider = await ProviderWorkspace.StartAsync(model: "mystery");
        provider.Host.Dimensions = 24;

        (await provider.Lines(5).Work.PlanAsync("lines.jsonl")).Inputs.ShouldBe(5);
        provider.Host.Requests.ShouldBeEmpty();
        var report = await provider.SyncAsync();
        ((string?)report.Json["embedding"]!["space"]).ShouldBe("openai:mystery:24");
        var asked = provider.Host.Requests.Count;
        (await provider.SyncAsync()).ShouldBeNoOp();
        (await provider.Lines(6).SyncAsync()).ShouldEmbed(1);
        provider.Host.Requests.Count.ShouldBe(asked + 1);
    }

    [Fact]
    public async Task Prefixes_are_settings_and_part_of_the_space_and_a_query_gets_its_own()
    {
        await using var provider = await ProviderWorkspace.StartAsync();
        provider.Work.Write("tidemark.json", """
            { "embedding": { "documentPrefix": "passage: ", "queryPrefix": "query: ", "encodingFormat": "float", "batchSize": 4 } }
            """);

        var report = await provider.Lines(10).SyncAsync();
        await provider.RunAsync("search", "what");

        ((string?)report.Json["embedding"]!["space"])
            .ShouldBe("openai:test-model:8?document=passage%3A%20&query=query%3A%20");
        provider.Asked.Where(text => text.StartsWith("passage: text number", StringComparison.Ordinal)).Count().ShouldBe(10);
        provider.Asked.ShouldContain("query: what");
        provider.Host.Requests.ShouldAllBe(request => request.Encoding == "float" && request.Texts.Count <= 4);
        (await provider.CountRightVectorsAsync("passage: ")).ShouldBe(10);
        provider.Work.Delete("tidemark.json");
        provider.Work.Environment.Remove("EMBED_MODEL");
        (await provider.SyncAsync()).ShouldBeNoOp();
        (await provider.RunAsync("search", "why", "--json")).ShouldExit(0);
        provider.Asked.ShouldContain("query: why");
    }

    [Fact]
    public async Task What_moves_or_comes_back_is_not_paid_for_again()
    {
        await using var provider = await ProviderWorkspace.StartAsync();
        var work = provider.Work.Write("docs/a.md", "# One\n\nfirst text").Write("docs/b.md", "second text");
        await work.SyncAsync("docs");
        provider.Host.Forget();

        work.Move("docs/a.md", "docs/c.md");
        (await work.SyncAsync("docs")).ShouldEmbed(0);
        work.Edit("docs/b.md", "second", "another");
        (await work.SyncAsync("docs")).ShouldEmbed(1);
        work.Edit("docs/b.md", "another", "second");
        (await work.SyncAsync("docs")).ShouldEmbed(0);

        provider.Asked.Count().ShouldBe(1);
    }

    [Theory]
    [InlineData("ftp://host/v1")]
    [InlineData("localhost:11434")]
    [InlineData("http://me:secret@host/v1")]
    [InlineData("http://host/v1?key=secret")]
    public async Task A_base_url_that_cannot_be_right_is_told_without_repeating_it(string url)
    {
        await using var provider = await ProviderWorkspace.StartAsync();
        provider.Work.Environment["OPENAI_BASE_URL"] = url;

        var result = await provider.Lines(1).RunAsync("sync", "lines.jsonl", "--json");

        result.ShouldFail(2, ErrorCodes.ConfigurationInvalid);
        (result.Output + result.Errors).ShouldNotContain("secret");
    }

    [Fact]
    public async Task An_import_of_a_providers_space_asks_nothing()
    {
        await using var provider = await ProviderWorkspace.StartAsync();
        await provider.Lines(10).SyncAsync();
        provider.Work.Write("export.jsonl", (await provider.RunAsync("export", "--vectors")).Output);
        provider.Work.Environment.Clear();
        provider.Host.Forget();

        (await provider.RunAsync("import", "export.jsonl", "--store", "sqlite:copy.db", "--json")).ShouldExit(0);

        (await provider.RunAsync("export", "--vectors", "--store", "sqlite:copy.db")).Output
            .ShouldBe((await provider.RunAsync("export", "--vectors")).Output);
        provider.Host.Requests.ShouldBeEmpty();
    }
}
