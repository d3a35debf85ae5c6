using System.Text;
using System.Text.Json.Nodes;
using Shouldly;
using Tidemark.Chunking;
using Tidemark.Embedding;
using Tidemark.ProviderServer;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>The executable against a provider that misbehaves.</summary>
public sealed class ProviderFaultTests
{
    [Theory]
    [InlineData(401, ErrorCodes.EmbeddingKey)]
    [InlineData(403, ErrorCodes.EmbeddingKey)]
    [InlineData(404, ErrorCodes.EmbeddingModel)]
    [InlineData(301, ErrorCodes.EmbeddingEndpoint)]
    public async Task What_waiting_does_not_mend_ends_the_run_and_keeps_what_was_committed(int status, string code)
    {
        await using var provider = await ProviderWorkspace.StartAsync();
        await provider.Lines(20).SyncAsync();
        provider.Host.Reply = _ => ProviderReply.Error(
            status, $"wrong: {ProviderWorkspace.Key}", ("Location", "http://127.0.0.1:1/v1/embeddings"));

        (await provider.Lines(40).RunAsync("sync", "lines.jsonl", "--json")).ShouldFail(1, code);

        (await provider.CountRightVectorsAsync()).ShouldBe(20);
        var runs = (await provider.RunAsync("runs", "--json")).ShouldExit(0);
        ((string?)runs.Json[0]!["outcome"]).ShouldBe("failed");
        provider.Host.Reply = _ => ProviderReply.Good;
        (await provider.SyncAsync()).ShouldEmbed(20);
        provider.ShouldHavePaidOnce();
    }

    [Fact]
    public async Task Why_a_run_failed_stands_in_the_history_the_status_and_the_alert()
    {
        await using var provider = await ProviderWorkspace.StartAsync();
        await provider.Lines(20).SyncAsync();
        provider.Host.Reply = _ => ProviderReply.Error(401, $"wrong: {ProviderWorkspace.Key}");

        var said = (await provider.Lines(40).RunAsync("sync", "lines.jsonl", "--json")).ShouldFail(1, ErrorCodes.EmbeddingKey);
        var runs = (await provider.RunAsync("runs", "--json")).ShouldExit(0);
        var status = (await provider.RunAsync("status", "--json")).ShouldExit(0);

        foreach (var kept in new[] { runs.Json[0]!["error"]!, status.Json["lastRun"]!["error"]! })
        {
            foreach (var part in new[] { "code", "message", "remedy" })
            {
                ((string?)kept[part]).ShouldBe((string?)said[part]);
            }
        }

        var alert = status.Json["alerts"]!.AsArray().Single(one => (string?)one!["code"] == "runs.error-rate")!;
        ((string)alert["message"]!).ShouldContain((string)said["message"]!);
        ((string)alert["message"]!).ShouldContain((string)said["remedy"]!);
        foreach (var command in new[] { "runs", "status" })
        {
            var text = (await provider.RunAsync(command)).Output;
            text.ShouldContain((string)said["message"]!);
            text.ShouldContain((string)said["remedy"]!);
            text.ShouldNotContain(ProviderWorkspace.Key);
        }

        runs.Output.ShouldNotContain(ProviderWorkspace.Key);
        ((JsonNode?)runs.Json[1]!["error"]).ShouldBeNull();
    }

    [Fact]
    public async Task A_first_sync_that_failed_leaves_no_pipeline_behind()
    {
        await using var provider = await ProviderWorkspace.StartAsync(model: "typo:8");
        provider.Host.Reply = _ => ProviderReply.Error(404, "no such model");
        (await provider.Lines(3).RunAsync("sync", "lines.jsonl", "--chunker", "none", "--json"))
            .ShouldFail(1, ErrorCodes.EmbeddingModel);

        provider.Host.Reply = _ => ProviderReply.Good;
        provider.Work.Environment["EMBED_MODEL"] = "test-model:8";
        (await provider.SyncAsync()).ShouldCount(added: 3);
        (await provider.RunAsync("status", "--json")).ShouldExit(0).Output.ShouldContain("structured");
    }

    [Fact]
    public async Task A_first_sync_whose_model_cannot_be_asked_for_its_dimensions_is_kept_as_any_run_that_failed()
    {
        await using var provider = await ProviderWorkspace.StartAsync(model: "typo");
        provider.Host.Reply = _ => ProviderReply.Error(404, "no such model");

        var said = (await provider.Lines(3).RunAsync("sync", "lines.jsonl", "--json")).ShouldFail(1, ErrorCodes.EmbeddingModel);

        var run = (await provider.RunAsync("runs", "--json")).ShouldExit(0).Json.AsArray().ShouldHaveSingleItem()!;
        ((string?)run["outcome"]).ShouldBe("failed");
        ((string?)run["command"]).ShouldBe("sync");
        run["sources"]!.ToJsonString().ShouldBe("""["jsonl"]""");
        var status = (await provider.RunAsync("status", "--json")).ShouldExit(0).Json;
        foreach (var kept in new[] { run["error"]!, run["report"]!["error"]!, status["lastRun"]!["error"]! })
        {
            kept.ToJsonString().ShouldBe(said.ToJsonString());
        }

        (await provider.RunAsync("runs")).ShouldExit(0).Output.ShouldContain((string)said["message"]!);
        provider.Host.Reply = _ => ProviderReply.Good;
        provider.Work.Environment["EMBED_MODEL"] = "test-model:8";
        (await provider.SyncAsync()).ShouldCount(added: 3);
    }

    [Fact]
    public async Task A_worker_that_cannot_ask_for_the_models_dimensions_is_kept_as_a_run_that_failed()
    {
        await using var provider = await ProviderWorkspace.StartAsync(model: "typo");
        provider.Host.Reply = _ => ProviderReply.Error(404, "no such model");
        (await provider.Lines(1).RunAsync("enqueue", "lines.jsonl")).ShouldExit(0);

        (await provider.RunAsync("worker", "--until-empty")).ShouldExit(1);

        var run = (await provider.RunAsync("runs", "--json")).ShouldExit(0).Json.AsArray().ShouldHaveSingleItem()!;
        ((string?)run["command"], (string?)run["outcome"]).ShouldBe(("worker", "failed"));
        ((string?)run["error"]!["code"]).ShouldBe(ErrorCodes.EmbeddingModel);
    }

    [Fact]
    public async Task What_was_refused_is_sent_again_alone_by_the_call_that_is_advised()
    {
        await using var provider = await ProviderWorkspace.StartAsync();
        provider.Host.Poison = "arsenic";
        provider.Lines(30, i => i == 7 ? "pure arsenic" : $"text number {i}");
        await provider.Work.SyncAsync(3, "lines.jsonl");
        ((string?)(await provider.Work.SyncAsync(3, "lines.jsonl")).Errors[0]["remedy"])!.ShouldContain("--retry-refused");

        provider.Host.Forget();
        (await provider.Work.SyncAsync(3, "lines.jsonl", "--retry-refused")).ErrorCodes.ShouldBe([ErrorCodes.EmbeddingRefused]);
        provider.Asked.Distinct().ShouldBe(["pure arsenic"]);

        provider.Host.Poison = null;
        provider.Host.Forget();
        (await provider.Work.PlanAsync("lines.jsonl", "--retry-refused")).Inputs.ShouldBe(1);
        (await provider.SyncAsync("--retry-refused")).ShouldEmbed(1);
        provider.Asked.ShouldBe(["pure arsenic"]);
        (await provider.RunAsync("status", "--json")).Json["quarantine"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_rebuild_keeps_what_answers_from_a_refused_text_until_it_is_told_to_let_it_go()
    {
        await using var provider = await ProviderWorkspace.StartAsync();
        await provider.Lines(30, i => i is 7 or 9 ? $"pure arsenic {i}" : $"text number {i}").SyncAsync();
        provider.Host.Poison = "arsenic";
        provider.Work.Environment["TIDEMARK__EMBEDDING__REVISION"] = "2";

        var failure = (await provider.RunAsync("sync", "lines.jsonl", "--rebuild", "--json")).ShouldFail(1, ErrorCodes.EmbeddingRefused);

        ((string?)failure["message"])!.ShouldContain("'d0007' and of 1 other document");
        ((string?)failure["remedy"])!.ShouldContain("--drop-refused");
        (await provider.CountRightVectorsAsync()).ShouldBe(30, "the former generation answers");
        provider.Host.Forget();
        failure = (await provider.RunAsync("sync", "lines.jsonl", "--rebuild", "--json")).ShouldFail(1, ErrorCodes.EmbeddingQuarantined);
        ((string?)failure["remedy"])!.ShouldContain("--retry-refused");
        provider.Asked.ShouldBeEmpty("what is refused is not sent again");
        (await provider.RunAsync("status", "--json")).Json["quarantine"]!.AsArray().ShouldBeEmpty("the generation that answers lacks nothing");
        provider.Lines(30, i => i == 7 ? "pure arsenic 7" : $"text number {i}");
        provider.Host.Forget();
        var rebuilt = await provider.Work.SyncAsync(3, "lines.jsonl", "--rebuild", "--drop-refused");
        (rebuilt.Outcome, rebuilt.Deleted, rebuilt.Added).ShouldBe(("partial", 2, 1));
        rebuilt.ErrorCodes.ShouldBe([ErrorCodes.EmbeddingQuarantined]);
        provider.Asked.ShouldNotContain("text number 1", "its vector was kept by the rebuild that failed");
        provider.Asked.ShouldNotContain("pure arsenic 7");
        (await provider.RunAsync("status", "--json")).Json["quarantine"]!.AsArray().ShouldHaveSingleItem("what is gone is in none");
        (await provider.CountRightVectorsAsync()).ShouldBe(29);
        provider.Work.Documents(await provider.Work.ExportAsync()).ShouldContain("d0009");
        (await provider.RunAsync("verify", "--json")).ShouldExit(0);
    }

    [Fact]
    public async Task A_query_that_the_model_refuses_is_answered_with_what_helps_a_search()
    {
        await using var provider = await ProviderWorkspace.StartAsync();
        await provider.Lines(3).SyncAsync();
        provider.Host.Poison = "arsenic";

        var said = (await provider.RunAsync("search", "arsenic", "--mode", "vector", "--json")).ShouldFail(1, ErrorCodes.EmbeddingRefused);

        ((string)said["remedy"]!).ShouldBe("ask in other words, or with --mode keyword, which asks no model");
        (await provider.RunAsync("search", "text", "--mode", "keyword")).ShouldExit(0);
    }

    [Fact]
    public async Task After_a_first_sync_that_failed_its_embedder_is_taken_where_no_other_is_named()
    {
        await using var provider = await ProviderWorkspace.StartAsync(model: "test-model:8");
        provider.Host.Reply = _ => ProviderReply.Error(404, "no such model");
        (await provider.Lines(3).RunAsync("sync", "lines.jsonl", "--json")).ShouldFail(1, ErrorCodes.EmbeddingModel);

        provider.Host.Reply = _ => ProviderReply.Good;
        provider.Work.Environment.Remove("EMBED_MODEL");
        (await provider.SyncAsync()).ShouldCount(added: 3);

        ((string)(await provider.RunAsync("status", "--json")).ShouldExit(0).Json["generation"]!["space"]!).ShouldContain("test-model");
    }

    [Fact]
    public async Task A_poisonous_input_fails_its_document_alone_and_is_shown_until_it_is_mended()
    {
        await using var provider = await ProviderWorkspace.StartAsync();
        provider.Host.Poison = "arsenic";
        var poisoned = (int i) => i == 777 ? "pure arsenic" : $"text number {i}";

        var first = await provider.Lines(2000, poisoned).Work.SyncAsync(3, "lines.jsonl");
        first.Outcome.ShouldBe("partial");
        first.Failed.ShouldBe(1);
        first.Added.ShouldBe(1999);
        ((string?)first.Errors[0]["item"]).ShouldBe("d0777");
        first.ErrorCodes.ShouldBe([ErrorCodes.EmbeddingRefused]);
        (await provider.CountRightVectorsAsync()).ShouldBe(1999);
        provider.ShouldHavePaidOnce();

        provider.Host.Forget();
        var status = (await provider.RunAsync("status", "--json")).ShouldExit(0).Json;
        ((string?)status["quarantine"]![0]!["document"]).ShouldBe("d0777");
        (await provider.RunAsync("status")).Output.ShouldContain("d0777");
        (await provider.Work.SyncAsync(3, "lines.jsonl")).ErrorCodes.ShouldBe([ErrorCodes.EmbeddingQuarantined]);
        provider.Host.Requests.ShouldBeEmpty();

        var mended = await provider.Lines(2000).SyncAsync();
        mended.ShouldEmbed(1);
        ((await provider.RunAsync("status", "--json")).Json["quarantine"]!.AsArray().Count).ShouldBe(0);
        await provider.Work.VerifyCleanAsync("lines.jsonl");
    }

    [Fact]
    public async Task What_passes_is_waited_for()
    {
        await using var provider = await ProviderWorkspace.StartAsync();
        provider.Host.Reply = request => request.Number switch
        {
            0 => ProviderReply.Error(429, "slower", ("Retry-After", "0")),
            1 => ProviderReply.Error(503, "soon", ("Retry-After", "0")),
            2 => new ProviderReply.Reset(),
            3 => new ProviderReply.Vectors { Part = 0.5 },
            _ => ProviderReply.Good,
        };

        (await provider.Lines(30).SyncAsync()).ShouldEmbed(30);

        (await provider.CountRightVectorsAsync()).ShouldBe(30);
    }

    [Fact]
    public async Task A_provider_that_never_answers_ends_the_run()
    {
        await using var provider = await ProviderWorkspace.StartAsync();
        provider.Work.Environment["TIDEMARK__EMBEDDING__PATIENCESECONDS"] = "1";
        provider.Work.Environment["TIDEMARK__EMBEDDING__TIMEOUTSECONDS"] = "0.3";
        provider.Host.Reply = _ => new ProviderReply.Silence();

        var failure = (await provider.Lines(30).RunAsync("sync", "lines.jsonl", "--json"))
            .ShouldFail(1, ErrorCodes.EmbeddingUnavailable);

        ((string?)failure["message"])!.ShouldContain("0.3 s");
    }

    [Fact]
    public async Task A_certificate_that_nobody_trusts_ends_the_run_before_anything_is_sent()
    {
        await using var provider = await ProviderWorkspace.StartAsync(isEncrypted: true);

        var failure = (await provider.Lines(3).RunAsync("sync", "lines.jsonl", "--json"))
            .ShouldFail(1, ErrorCodes.EmbeddingEndpoint);

        ((string?)failure["message"])!.ShouldContain("certificate");
        provider.Host.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_changed_model_is_noticed_and_nothing_of_it_is_stored()
    {
        await using var provider = await ProviderWorkspace.StartAsync();
        await provider.Lines(10).SyncAsync();
        provider.Host.Weights = "second";

        var failure = (await provider.Lines(300).RunAsync("sync", "lines.jsonl", "--json"))
            .ShouldFail(1, ErrorCodes.EmbeddingChanged);

        ((string?)failure["remedy"])!.ShouldContain("--rebuild");
        provider.Host.Weights = "first";
        (await provider.CountRightVectorsAsync()).ShouldBe(10);
        provider.Host.Weights = "second";
        provider.Work.Environment["TIDEMARK__EMBEDDING__REVISION"] = "2";
        (await provider.SyncAsync("--rebuild")).Outcome.ShouldBe("succeeded");
        (await provider.CountRightVectorsAsync()).ShouldBe(300);
    }

    [Fact]
    public async Task The_way_out_of_a_changed_model_works_where_only_the_index_knows_the_model()
    {
        await using var provider = await ProviderWorkspace.StartAsync();
        provider.Work.Environment.Remove("EMBED_MODEL");
        await provider.Lines(2).SyncAsync("--embedder", "openai:test-model:8");
        provider.Host.Weights = "second";
        var failure = (await provider.Lines(3).RunAsync("sync", "lines.jsonl", "--rebuild", "--force", "--json"))
            .ShouldFail(1, ErrorCodes.EmbeddingChanged);
        ((string?)failure["remedy"])!.ShouldContain("tidemark sync SOURCE --rebuild");

        provider.Work.Environment["TIDEMARK__EMBEDDING__REVISION"] = "2";
        ((string?)(await provider.RunAsync("sync", "lines.jsonl", "--json")).ShouldFail(2, ErrorCodes.PipelineChanged)["message"])!
            .ShouldContain("openai:test-model:8?revision=2");
        (await provider.SyncAsync("--rebuild")).Outcome.ShouldBe("succeeded");

        (await provider.CountRightVectorsAsync()).ShouldBe(3);
        provider.Work.Environment.Remove("TIDEMARK__EMBEDDING__REVISION");
        (await provider.SyncAsync()).ShouldBeNoOp();
    }

    [Theory]
    [InlineData(3)]
    [InlineData(9)]
    [InlineData(14)]
    public async Task Killed_between_requests_nothing_is_paid_twice_but_what_was_under_way(int requests)
    {
        const int Concurrency = 4;
        const int Batch = 20;
        await using var provider = await ProviderWorkspace.StartAsync();
        provider.Work.Environment["TIDEMARK__EMBEDDING__CONCURRENCY"] = $"{Concurrency}";
        provider.Work.Environment["TIDEMARK__EMBEDDING__BATCHSIZE"] = $"{Batch}";
        var reached = new TaskCompletionSource();
        provider.Host.Reply = request =>
        {
            if (request.Number == requests)
            {
                reached.TrySetResult();
            }

            return new ProviderReply.Vectors { Latency = TimeSpan.FromMilliseconds(40) };
        };
        using (var process = provider.Lines(500).Work.Start("sync", "lines.jsonl", "--json"))
        {
            await reached.Task;
            process.Kill();
        }

        provider.Host.Reply = _ => ProviderReply.Good;
        await provider.SyncAsync();

        (await provider.CountRightVectorsAsync()).ShouldBe(500);
        // Under way is what was sent and is not durable yet: an answer may wait for the store.
        provider.ShouldHavePaidOnce(twiceAtMost: 2 * Concurrency * Batch);
        await provider.Work.VerifyCleanAsync("lines.jsonl");
        (await provider.SyncAsync()).ShouldBeNoOp();
    }

    [Fact]
    public async Task Interrupted_it_keeps_what_was_paid_and_goes_on_from_there()
    {
        await using var provider = await ProviderWorkspace.StartAsync();
        provider.Work.Environment["TIDEMARK__EMBEDDING__BATCHSIZE"] = "10";
        var reached = new TaskCompletionSource();
        provider.Host.Reply = request =>
        {
            if (request.Number == 8)
            {
                reached.TrySetResult();
            }

            return new ProviderReply.Vectors { Latency = TimeSpan.FromMilliseconds(100) };
        };
        using var process = provider.Lines(2000).Work.Start("sync", "lines.jsonl", "--json");
        await reached.Task;
        process.Interrupt();
        (await process.FinishAsync()).ShouldExit(130);

        provider.Host.Requests.Count.ShouldBeLessThan(60);
        provider.Host.Reply = _ => ProviderReply.Good;
        await provider.SyncAsync();
        (await provider.CountRightVectorsAsync()).ShouldBe(2000);
        provider.ShouldHavePaidOnce();
    }

    [Fact]
    public async Task No_file_that_is_left_holds_the_key()
    {
        await using var provider = await ProviderWorkspace.StartAsync();
        provider.Host.Reply = request => request.Texts.Any(t => t.Contains("arsenic", StringComparison.Ordinal))
            ? ProviderReply.Error(400, $"Bearer {ProviderWorkspace.Key} sent something bad")
            : ProviderReply.Good;
        await provider.Lines(50, i => i == 7 ? "arsenic" : $"text {i}").Work.SyncAsync(3, "lines.jsonl");
        provider.Host.Reply = _ => ProviderReply.Error(401, $"Bearer {ProviderWorkspace.Key} is wrong");
        await provider.Lines(60).RunAsync("sync", "lines.jsonl", "--verbose");
        await provider.RunAsync("status");
        await provider.RunAsync("runs", "--json");

        var key = Encoding.UTF8.GetBytes(ProviderWorkspace.Key);
        foreach (var file in Directory.GetFiles(provider.Work.Root, "*", SearchOption.AllDirectories))
        {
            File.ReadAllBytes(file).AsSpan().IndexOf(key).ShouldBe(-1, file);
        }
    }

    [Fact]
    public async Task A_text_that_is_longer_than_the_model_takes_is_cut_into_several_and_never_shortened()
    {
        await using var provider = await ProviderWorkspace.StartAsync();
        provider.Work.Environment["TIDEMARK__EMBEDDING__MAXINPUTTOKENS"] = "128";
        var text = string.Concat(Enumerable.Range(0, 400).Select(i => $"word{i} "));
        provider.Lines(1, _ => text);

        foreach (var chunker in (string[])["structured", "recursive", "none"])
        {
            provider.Host.Forget();
            await provider.SyncAsync("--store", $"sqlite:{chunker}.db", "--chunker", chunker, "--chunk-overlap", "0");

            provider.Asked.ShouldAllBe(asked => ScriptTokens.Instance.Count(asked) <= 126);
            foreach (var word in text.Split(' '))
            {
                provider.Asked.ShouldContain(asked => asked.Contains(word, StringComparison.Ordinal), chunker);
            }
        }
    }

    [Fact]
    public async Task A_search_waits_for_what_passes_and_tells_what_does_not()
    {
        await using var provider = await ProviderWorkspace.StartAsync();
        await provider.Lines(10).SyncAsync();
        provider.Host.Forget();
        provider.Host.Reply = request => request.Number == 0 ? ProviderReply.Error(500) : ProviderReply.Good;

        (await provider.RunAsync("search", "text", "--json")).ShouldExit(0);
        provider.Host.Reply = _ => ProviderReply.Error(401);
        (await provider.RunAsync("search", "text", "--json")).ShouldFail(1, ErrorCodes.EmbeddingKey);
        provider.Host.Requests.SelectMany(r => r.Texts).ShouldNotContain(CanaryInput.Text);
    }
}
