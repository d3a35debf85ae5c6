using System.Text.Json.Nodes;
using Shouldly;
using Tidemark.ProviderServer;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd.Adopting;

/// <summary>Vectors that another system has paid for, in real servers, filled with our own chunks: a sync after the import asks for none.</summary>
public sealed class ImportFromTests
{
    private const string Model = "test-model:16";
    private const int Files = 12;

    /// <summary>The index that was paid for, from which the other systems are filled.</summary>
    private const string Fresh = "sqlite:fresh.db";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_collection_of_langchain_costs_three_samples_and_a_sync_nothing(bool isServer)
    {
        await using var provider = await ProviderWorkspace.StartAsync(model: Model);
        var chunks = await ChunksAsync(provider);
        await using var origin = await OriginWorkspace.CreateAsync(OriginSchemas.LangChain);
        await origin.FillAsync("langchain_pg_embedding (id, document, embedding)", "vector", chunks);
        await origin.ExecuteAsync("""
            insert into langchain_pg_embedding (id, document, embedding) values
                ('null text', null, '[1,2]'), ('null vector', 'waits', null), ('blank', E' \n', '[1,2]'), ('short', 'two numbers', '[1,2]');
            insert into langchain_pg_embedding (id, document, embedding)
                select 'again', document, embedding from langchain_pg_embedding where id = '0';
            """);
        await using var server = isServer ? new ServerWorkspace() : null;
        provider.Work.Environment["DATABASE"] = origin.Url;
        if (server is not null)
        {
            provider.Work.Environment["TIDEMARK__STORE"] = server.Url;
        }

        provider.Host.Forget();

        var dry = (await provider.RunAsync("import", "--from", "langchain-pgvector", "env:DATABASE", "--collection", "docs", "--dry-run", "--json")).ShouldExit(3).Json;
        ((long)dry["taken"]!, (long)dry["rows"]!, dry["sample"]).ShouldBe((chunks.Count, chunks.Count + 5, null));
        provider.Host.Requests.ShouldBeEmpty();

        var report = (await provider.RunAsync("import", "--from", "langchain-pgvector", "env:DATABASE", "--collection", "docs", "--json")).ShouldExit(3).Json;

        provider.Asked.Count().ShouldBe(3);
        ((long)report["taken"]! + (long)report["present"]!).ShouldBe(chunks.Count);
        ((long)report["present"]!, (long)report["duplicates"]!).ShouldBe((3, 1));
        report["leftOut"]!.ToJsonString().ShouldBe(
            """{"withoutText":1,"withoutVector":1,"blank":1,"otherDimensions":1,"invalid":0,"contradicting":0}""");
        ((long)report["sample"]!["inputs"]!, (double)report["sample"]!["least"]! > 0.9999).ShouldBe((3, true));
        report.ToJsonString().ShouldNotContain("of the other collection");
        await ShouldCostNothingAsync(provider, chunks);
        var paid = (await provider.RunAsync("status", "--json")).ShouldExit(0).Json["cost"]!;
        ((long)paid["inputs"]!).ShouldBe(3, paid.ToJsonString());
    }

    [Fact]
    public async Task What_a_vectorizer_of_pgai_made_is_taken_by_its_name()
    {
        await using var provider = await ProviderWorkspace.StartAsync(model: Model);
        var chunks = await ChunksAsync(provider);
        await using var origin = await OriginWorkspace.CreateAsync(OriginSchemas.Pgai);
        await origin.FillAsync("\"Blog chunks\" (id, chunk, embedding)", "vector", chunks, number: "n");

        (await provider.RunAsync("import", "--from", "pgai", origin.Url, "--json")).ShouldFail(2, ErrorCodes.SourceMissing)["remedy"]!
            .ToJsonString().ShouldContain("blog, note");
        (await provider.RunAsync("import", "--from", "pgai", origin.Url, "--collection", "note", "--json")).ShouldFail(2, ErrorCodes.SourceMissing)["remedy"]!
            .ToJsonString().ShouldContain("public.note");
        provider.Host.Forget();
        var report = (await provider.RunAsync("import", "--from", "pgai", origin.Url, "--collection", "blog", "--json")).ShouldExit(0).Json;

        ((string?)report["model"], (long)report["rows"]!).ShouldBe(("test-model", chunks.Count));
        await ShouldCostNothingAsync(provider, chunks);
    }

    [Theory]
    [InlineData("vector", "vector", 0)]
    [InlineData("halfvec(16)", "halfvec", 1)]
    [InlineData("real[]", "text::jsonb", 0)]
    [InlineData("jsonb", "jsonb", 0)]
    [InlineData("text", "text", 0)]
    public async Task A_table_is_read_whatever_its_vectors_and_names_are(string type, string cast, int half)
    {
        await using var provider = await ProviderWorkspace.StartAsync(model: Model);
        var chunks = await ChunksAsync(provider);
        var isArray = type == "real[]";
        await using var origin = await OriginWorkspace.CreateAsync($"""
            create schema "my ""schema";
            create table "my ""schema"."the;table" ("an id" text, "drop table x" text, "v'""ec" {(isArray ? "jsonb" : type)});
            """);
        await origin.FillAsync("\"my \"\"schema\".\"the;table\" (\"an id\", \"drop table x\", \"v'\"\"ec\")", cast, chunks);
        if (isArray)
        {
            await origin.ExecuteAsync("""
                alter table "my ""schema"."the;table" add column a real[];
                update "my ""schema"."the;table" set a = array(select x::real from jsonb_array_elements_text("v'""ec") x);
                alter table "my ""schema"."the;table" drop column "v'""ec";
                alter table "my ""schema"."the;table" rename column a to "v'""ec";
                """);
        }

        provider.Host.Forget();
        string[] call = ["import", "--from", "table", origin.Url, "--table", "\"my \"\"schema\".\"the;table\"", "--text", "drop table x", "--id", "an id", "--json"];

        (await provider.RunAsync([.. call, "--vector", "nobody"])).ShouldFail(2, ErrorCodes.SourceMissing);
        (await provider.RunAsync([.. call, "--vector", "an id", "--trust"])).ShouldExit(3);
        provider.Host.Requests.ShouldBeEmpty();
        var report = (await provider.RunAsync([.. call, "--vector", "v'\"ec"])).ShouldExit(0).Json;

        ((long)report["ofTaken"]!["half"]!).ShouldBe(half * (chunks.Count - 3));
        await ShouldCostNothingAsync(provider, chunks, isExact: half == 0);
    }

    /// <summary>Whatever names somebody gives, the database is as it was.</summary>
    [Fact]
    public async Task Names_are_no_statements_and_nothing_is_written_there()
    {
        await using var provider = await ProviderWorkspace.StartAsync(model: Model);
        await using var origin = await OriginWorkspace.CreateAsync("""
            create table chunk (t text, v vector);
            insert into chunk values ('one', '[1,2]');
            create view evil as select t, v, set_config('a.b', 'c', false) from chunk;
            create function writes() returns text language plpgsql as $$ begin delete from chunk; return 'x'; end $$;
            create view writing as select writes() as t, v from chunk;
            """);
        string[] call = ["import", "--from", "table", origin.Url, "--json", "--trust", "--embedder", "openai:test-model:2"];

        (await provider.RunAsync([.. call, "--table", "chunk; delete from chunk", "--text", "t", "--vector", "v"])).ExitCode.ShouldNotBe(0);
        (await provider.RunAsync([.. call, "--table", "chunk", "--text", "t from chunk; delete from chunk; --", "--vector", "v"]))
            .ShouldFail(2, ErrorCodes.SourceMissing);
        (await provider.RunAsync([.. call, "--table", "writing", "--text", "t", "--vector", "v"])).ShouldFail(1, ErrorCodes.SourceUnreadable)["message"]!
            .ToJsonString().ShouldContain("read-only");
        ((long)(await provider.RunAsync([.. call, "--table", "chunk", "--text", "t", "--vector", "v"])).ShouldExit(0).Json["taken"]!).ShouldBe(1);
    }

    [Fact]
    public async Task A_wrong_claim_takes_nothing_and_a_mended_one_everything()
    {
        await using var provider = await ProviderWorkspace.StartAsync(model: Model);
        var chunks = await ChunksAsync(provider);
        await using var origin = await OriginWorkspace.CreateAsync("create table chunk (id text, t text, v vector)");
        await origin.FillAsync("chunk", "vector", chunks);
        string[] call = ["import", "--from", "table", origin.Url, "--table", "chunk", "--text", "t", "--vector", "v", "--json"];

        provider.Host.Weights = "another model";
        (await provider.RunAsync(call)).ShouldFail(2, ErrorCodes.EmbeddingSpace);
        (await provider.Work.PlanAsync("docs")).Reused.ShouldBe(3, "samples are the model's own, and paid for");
        (await provider.RunAsync([.. call, "--embedder", "openai:test-model:24"])).ShouldFail(2, ErrorCodes.EmbeddingSpace)["message"]!
            .ToJsonString().ShouldContain("16 dimensions, not 24");

        provider.Host.Weights = "first";
        provider.Work.Environment["TIDEMARK__STORE"] = "sqlite:second.db";
        (await provider.RunAsync(call)).ShouldExit(0);
        (await provider.Work.PlanAsync("docs")).Inputs.ShouldBe(0);
    }

    [Fact]
    public async Task The_share_that_another_chunker_leaves_is_named_by_the_plan()
    {
        await using var provider = await ProviderWorkspace.StartAsync(model: Model);
        var chunks = await ChunksAsync(provider);
        await using var origin = await OriginWorkspace.CreateAsync("create table chunk (id text, t text, v vector)");
        await origin.FillAsync("chunk", "vector", [.. chunks.Where((_, i) => i % 4 != 0)]);

        (await provider.RunAsync("import", "--from", "table", origin.Url, "--table", "chunk", "--text", "t", "--vector", "v")).ShouldExit(0).Output
            .ShouldContain("3 samples embedded");
        var plan = await provider.Work.PlanAsync("docs");

        var absent = chunks.Where((_, i) => i % 4 == 0).Select(chunk => (string)chunk["text"]!).Distinct().Count();
        (plan.Inputs, plan.Reused).ShouldBe((absent, chunks.Select(chunk => (string)chunk["text"]!).Distinct().Count() - absent));
    }

    [Fact]
    public async Task No_password_is_shown_and_what_does_not_fit_is_refused()
    {
        await using var provider = await ProviderWorkspace.StartAsync(model: Model);
        const string Secret = "sesame-open-9f";
        string[][] calls =
        [
            ["--from", "pgai", $"postgres://app:{Secret}@127.0.0.1:1/app"],
            ["--from", "table", $"postgres://app:{Secret}@127.0.0.1:1/app"],
            ["--from", "chroma", $"chroma:http://app:{Secret}@127.0.0.1:1/docs"],
            ["--from", "nobody", $"postgres://app:{Secret}@127.0.0.1:1/app"],
            ["--from", "pgai", $"env:{Secret}", "--table", "x"],
            ["--trust", "lines.jsonl"],
        ];
        foreach (var call in calls)
        {
            var result = await provider.RunAsync(["import", .. call, "--json"]);
            result.ExitCode.ShouldBeInRange(1, 2, result.ToString());
            (result.Output + result.Errors).ShouldNotContain(Secret);
            result.Json["error"]!["remedy"]!.ToJsonString().Length.ShouldBeGreaterThan(5);
        }

        File.Exists(provider.Work.PathOf(Workspace.Database)).ShouldBeFalse();
    }

    /// <returns>Chunks of an index that was built at full price.</returns>
    private static async Task<IReadOnlyList<JsonNode>> ChunksAsync(ProviderWorkspace provider)
    {
        Corpus.Create(provider.Work, Files);
        (await provider.Work.SyncAsync("docs", "--store", Fresh)).Inputs.ShouldBeGreaterThan(Files);
        return await OriginWorkspace.ChunksAsync(provider.Work, Fresh);
    }

    private static async Task ShouldCostNothingAsync(ProviderWorkspace provider, IReadOnlyList<JsonNode> chunks, bool isExact = true)
    {
        provider.Host.Forget();
        var distinct = chunks.Select(chunk => (string)chunk["text"]!).Distinct().Count();
        var plan = await provider.Work.PlanAsync("docs");
        (plan.Inputs, plan.Reused).ShouldBe((0, distinct));
        (await provider.Work.SyncAsync("docs")).ShouldEmbed(0).Reused.ShouldBe(distinct);
        provider.Asked.ShouldBeEmpty();
        await provider.Work.VerifyCleanAsync("docs");
        if (isExact)
        {
            (await provider.Work.ExportAsync("--vectors")).ShouldBe(await provider.Work.ExportAsync("--vectors", "--store", Fresh));
        }

    }
}
