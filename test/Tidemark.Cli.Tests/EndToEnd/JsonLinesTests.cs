using System.Security.Cryptography;
using System.Text;
using Shouldly;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>Records: ids, repeats, tombstones, fields, standard input.</summary>
public sealed class JsonLinesTests : IDisposable
{
    private readonly Workspace _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public async Task Records_without_an_id_are_told_apart_by_their_metadata()
    {
        _work.WriteLines("lines.jsonl", Enumerable.Range(0, 1000).Select(i =>
            $$"""{"text":"one text","metadata":{"source":"s","number":{{i}} } }"""));
        string[] call = ["lines.jsonl", "--source-id-key", "source"];

        (await _work.SyncAsync(call)).ShouldCount(added: 1000).ShouldEmbed(1);
        (await _work.SyncAsync(call)).ShouldCount(skipped: 1000).ShouldBeNoOp();
        (await _work.RunAsync("search", "one text", "--filter", "number=437", "--json")).ShouldExit(0).Output.ShouldContain("437");
        await _work.VerifyCleanAsync(call);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("full")]
    [InlineData("incremental", "--source-id-key", "source")]
    public async Task Documents_under_ids_of_a_former_release_are_neither_doubled_nor_embedded_again(string cleanup, params string[] more)
    {
        // As releases up to 0.3 stored them: the id is made of source id and text.
        var source = more.Length > 0 ? "s" : "";
        string Former(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{source}\0{text}")));
        string[] call = ["lines.jsonl", "--cleanup", cleanup, .. more];
        _work.WriteLines(
            "lines.jsonl",
            $$"""{"id":"{{Former("a")}}","text":"a","metadata":{"source":"s","k":1} }""",
            $$"""{"id":"{{Former("b")}}","text":"b","metadata":{"source":"s"} }""");
        await _work.SyncAsync(call);

        _work.WriteLines(
            "lines.jsonl",
            """{"text":"a","metadata":{"source":"s","k":1}}""",
            """{"text":"a","metadata":{"source":"s","k":2}}""",
            """{"text":"b","metadata":{"source":"s"}}""");
        (await _work.SyncAsync(call)).ShouldCount(added: 3, deleted: 2).ShouldEmbed(0);

        _work.Documents(await _work.ExportAsync()).Count.ShouldBe(3);
        (await _work.SyncAsync(call)).ShouldCount(skipped: 3).ShouldBeNoOp();
    }

    [Fact]
    public async Task One_record_that_is_gone_refused_or_elsewhere_deletes_no_other_of_its_source_id()
    {
        string[] call = ["lines.jsonl", "--source-id-key", "tenant"];
        _work.WriteLines("lines.jsonl", Enumerable.Range(0, 60).Select(i => $$"""{"id":"doc{{i}}","tenant":"t","version":2,"text":"text {{i}}"}"""));
        await _work.SyncAsync(call);

        _work.WriteLines(
            "lines.jsonl",
            """{"id":"doc1","deleted":true}""",
            """{"id":"doc2","tenant":"t","deleted":true}""",
            """{"id":"doc3","tenant":"t","version":1,"text":"late"}""",
            """{"id":"doc4","tenant":"t","version":2,"text":"contradicts"}""",
            """{"id":"doc5","tenant":"other","version":3,"text":"text 5"}""");
        (await _work.SyncAsync(3, call)).ShouldCount(updated: 1, deleted: 2);
        _work.Documents(await _work.ExportAsync()).Count.ShouldBe(58);

        await _work.WriteLines("lines.jsonl", """{"tenant":"t","deleted":true}""").SyncAsync(call);
        _work.Documents(await _work.ExportAsync()).ShouldBe(["doc5"]);
    }

    [Fact]
    public async Task A_record_that_nests_as_deep_as_is_taken_is_kept_copied_and_in_step()
    {
        var deep = string.Concat(Enumerable.Repeat("[", 255)) + new string(']', 255);
        _work.WriteLines("lines.jsonl", $$"""{"id":"a","text":"anchor","x":{{deep}}}""", $$"""{"id":"b","text":"buoy","x":[{{deep}}]}""");
        (await _work.SyncAsync(3, "lines.jsonl")).ShouldCount(added: 1);
        (await _work.RunAsync("search", "anchor", "--json")).ShouldExit(0).Output.ShouldContain("\"a\"");

        _work.WriteLines("out.jsonl", (await _work.ExportAsync("--vectors")).TrimEnd());
        (await _work.RunAsync("import", "out.jsonl", "--store", "sqlite:other.db")).ShouldExit(0);
        (await _work.ExportAsync("--store", "sqlite:other.db")).ShouldBe(await _work.ExportAsync());
        await _work.VerifyCleanAsync("--store", "sqlite:other.db");

        (await _work.RunAsync("enqueue", "lines.jsonl", "--store", "sqlite:third.db")).ShouldExit(3);
        (await _work.RunAsync("worker", "--until-empty", "--store", "sqlite:third.db")).ShouldExit(0);
        (await _work.ExportAsync("--store", "sqlite:third.db")).ShouldBe(await _work.ExportAsync());
    }

    [Fact]
    public async Task What_has_no_metadata_is_not_taken_for_a_former_name_of_what_has_some()
    {
        await _work.WriteLines("lines.jsonl", """{"text":"a"}""").SyncAsync("lines.jsonl", "--cleanup", "none");

        (await _work.WriteLines("more.jsonl", """{"text":"a","metadata":{"k":1}}""").SyncAsync("more.jsonl", "--cleanup", "none"))
            .ShouldCount(added: 1).ShouldEmbed(0);

        _work.Documents(await _work.ExportAsync()).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Of_a_repeated_id_the_highest_version_wins()
    {
        _work.WriteLines(
            "lines.jsonl",
            """{"id":"a","text":"first","version":1}""",
            """{"id":"a","text":"newest","version":3}""",
            """{"id":"b","text":"other","version":1}""",
            """{"id":"a","text":"middle","version":2}""");

        (await _work.SyncAsync("lines.jsonl")).ShouldCount(added: 2, skipped: 2);
        (await TextOfAsync("a")).ShouldBe("newest");

        (await _work.SyncAsync("lines.jsonl")).ShouldCount(skipped: 4).ShouldEmbed(0);
        (await TextOfAsync("a")).ShouldBe("newest");
    }

    [Theory]
    [InlineData(0, "1")]
    [InlineData(0, "500")]
    [InlineData(3000, "7")]
    [InlineData(3000, "500")]
    public async Task Of_a_repeated_id_without_a_version_the_last_wins_however_far_apart(int between, string batchSize)
    {
        _work.WriteLines(
            "lines.jsonl",
            [
                """{"id":"a","text":"first"}""",
                .. Enumerable.Range(0, between).Select(i => $$"""{"id":"{{i}}","text":"filler {{i}}"}"""),
                """{"id":"a","text":"last"}""",
            ]);

        (await _work.SyncAsync("lines.jsonl", "--batch-size", batchSize)).ShouldCount(added: between + 1, skipped: 1);
        (await TextOfAsync("a")).ShouldBe("last");

        (await _work.SyncAsync("lines.jsonl", "--batch-size", batchSize))
            .ShouldCount(skipped: between + 2).ShouldBeNoOp();
        (await TextOfAsync("a")).ShouldBe("last");
    }

    [Fact]
    public async Task A_tombstone_deletes_its_document_and_only_that()
    {
        _work.WriteLines("lines.jsonl", """{"id":"a","text":"one"}""", """{"id":"b","text":"two"}""");
        await _work.SyncAsync("lines.jsonl");

        _work.WriteLines("gone.jsonl", """{"id":"a","deleted":true}""");
        var outcome = (await _work.SyncAsync("gone.jsonl")).ShouldCount(deleted: 1);

        outcome.Seen.ShouldBe(1);
        outcome.ChunksDeleted.ShouldBe(1);
        _work.Documents(await _work.ExportAsync()).ShouldBe(["b"]);
        (await _work.SyncAsync("gone.jsonl")).ShouldCount();
        await _work.VerifyCleanAsync();
    }

    [Fact]
    public async Task A_deletion_time_is_a_tombstone_too()
    {
        await _work.WriteLines("lines.jsonl", """{"id":"a","text":"one"}""").SyncAsync("lines.jsonl");

        _work.WriteLines("gone.jsonl", """{"id":"a","deleted_at":"2026-01-02T03:04:05Z"}""");

        (await _work.SyncAsync("gone.jsonl")).ShouldCount(deleted: 1);
    }

    [Fact]
    public async Task A_tombstone_with_only_a_source_id_deletes_that_source()
    {
        _work.WriteLines("lines.jsonl", Enumerable.Range(0, 9).Select(i =>
            $$"""{"id":"{{i}}","text":"part {{i}}","source":"s{{i % 3}}"}"""));
        string[] key = ["--source-id-key", "source"];
        await _work.SyncAsync(["lines.jsonl", .. key]);

        _work.WriteLines("gone.jsonl", """{"source":"s1","deleted":true}""");
        (await _work.SyncAsync(["gone.jsonl", .. key])).ShouldCount(deleted: 3);

        _work.Documents(await _work.ExportAsync()).ShouldBe(["0", "2", "3", "5", "6", "8"]);
        await _work.VerifyCleanAsync();
    }

    [Fact]
    public async Task A_tombstone_of_an_unknown_id_is_remembered_against_an_older_upsert()
    {
        await _work.WriteLines("gone.jsonl", """{"id":"a","deleted":true,"version":5}""").SyncAsync("gone.jsonl");

        _work.WriteLines("late.jsonl", """{"id":"a","text":"late","version":4}""");
        (await _work.SyncAsync("late.jsonl")).ShouldCount().Outdated.ShouldBe(1);
        (await _work.ExportAsync()).ShouldBeEmpty();

        _work.WriteLines("new.jsonl", """{"id":"a","text":"new","version":6}""");
        (await _work.SyncAsync("new.jsonl")).ShouldCount(added: 1);
    }

    [Fact]
    public async Task Other_fields_are_metadata_and_metadata_beats_them()
    {
        _work.WriteLines(
            "lines.jsonl",
            """{"id":7,"content":"seven","price":1.50,"metadata":{"price":2.50,"nested":{"b":1,"a":[true,null]}}}""");

        (await _work.SyncAsync("lines.jsonl")).ShouldCount(added: 1);

        var line = (await _work.RunAsync("export")).JsonLines.Single();
        ((string)line["document"]!).ShouldBe("7");
        ((string)line["text"]!).ShouldBe("seven");
        line["metadata"]!.ToJsonString().ShouldBe("""{"nested":{"a":[true,null],"b":1},"price":2.50}""");
    }

    [Fact]
    public async Task Metadata_alone_costs_no_embedding_also_when_it_is_nested()
    {
        await _work.WriteLines("lines.jsonl", """{"id":"a","text":"one","metadata":{"x":{"y":1}}}""")
            .SyncAsync("lines.jsonl");

        _work.WriteLines("lines.jsonl", """{"id":"a","text":"one","metadata":{"x":{"y":2}}}""");
        (await _work.SyncAsync("lines.jsonl")).ShouldCount(updated: 1).ShouldEmbed(0);

        var line = (await _work.RunAsync("export")).JsonLines.Single();
        ((int)line["metadata"]!["x"]!["y"]!).ShouldBe(2);
    }

    [Fact]
    public async Task The_order_of_keys_is_no_change()
    {
        await _work.WriteLines("lines.jsonl", """{"id":"a","text":"one","metadata":{"x":1,"y":2}}""")
            .SyncAsync("lines.jsonl");

        _work.WriteLines("lines.jsonl", """{"metadata":{"y":2,"x":1},"text":"one","id":"a"}""");

        (await _work.SyncAsync("lines.jsonl")).ShouldCount(skipped: 1).ShouldBeNoOp();
    }

    [Fact]
    public async Task An_empty_text_is_a_document_without_chunks()
    {
        _work.WriteLines("lines.jsonl", """{"id":"a","text":""}""", """{"id":"b","text":"b"}""");

        (await _work.SyncAsync("lines.jsonl")).ShouldCount(added: 2).ShouldEmbed(1).ChunksAdded.ShouldBe(1);
        (await _work.SyncAsync("lines.jsonl")).ShouldCount(skipped: 2).ShouldBeNoOp();
        _work.Documents(await _work.ExportAsync()).ShouldBe(["b"]);
    }

    [Fact]
    public async Task Standard_input_is_a_source_like_a_file()
    {
        using var process = _work.Start("sync", "-", "--json");
        await process.Input.WriteAsync("{\"id\":\"a\",\"text\":\"one\"}\n{\"id\":\"b\",\"text\":\"two\"}\n");

        new SyncOutcome((await process.FinishAsync()).ShouldExit(0)).ShouldCount(added: 2);

        _work.WriteLines("lines.jsonl", """{"id":"a","text":"one"}""", """{"id":"b","text":"two"}""");
        (await _work.SyncAsync("lines.jsonl")).ShouldCount(skipped: 2).ShouldBeNoOp();
    }

    [Fact]
    public async Task A_vector_brought_along_is_used_and_nothing_is_embedded()
    {
        _work.WriteLines(
            "lines.jsonl",
            """{"id":"a","text":"red","embedding":[1,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0]}""",
            """{"id":"b","text":"blue","embedding":[0,1,0,0,0,0,0,0,0,0,0,0,0,0,0,0]}""");

        (await _work.SyncAsync("lines.jsonl", "--embedder", "hashing:16")).ShouldCount(added: 2).ShouldEmbed(0);

        var vector = (await _work.RunAsync("export", "--vectors")).JsonLines[0]["vector"]!.AsArray();
        vector.Select(v => (float)v!).ShouldBe([1f, .. new float[15]]);
    }

    private async Task<string> TextOfAsync(string document) =>
        (string)(await _work.RunAsync("export")).JsonLines.Single(l => (string)l["document"]! == document)["text"]!;
}
