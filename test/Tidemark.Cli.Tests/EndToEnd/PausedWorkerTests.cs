using Shouldly;
using Tidemark.ProviderServer;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>A worker that stood still for longer than its lease (a laptop that slept, a machine that was paused) writes nothing.</summary>
public sealed class PausedWorkerTests
{
    [Fact]
    public async Task What_another_did_meanwhile_stays_as_it_is()
    {
        await using var server = new ServerWorkspace();
        await using var provider = await ProviderWorkspace.StartAsync();
        var work = provider.Work;
        work.Environment["TIDEMARK__STORE"] = server.Url;
        work.Environment["TIDEMARK__QUEUE__VISIBILITYSECONDS"] = "2";
        using var answered = new ManualResetEventSlim();
        using var asked = new SemaphoreSlim(0);
        var holds = true;
        provider.Host.Reply = request =>
        {
            if (request.Texts.Contains("stale text") && Interlocked.Exchange(ref holds, false))
            {
                asked.Release();
                answered.Wait(TestContext.Current.CancellationToken);
            }

            return ProviderReply.Good;
        };
        work.WriteLines("change.jsonl", """{"id":"a","text":"stale text"}""", """{"id":"b","text":"another text"}""");
        (await work.RunAsync("enqueue", "change.jsonl")).ShouldExit(0);
        using var paused = work.Start("worker", "--json");
        (await asked.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken)).ShouldBeTrue("the worker never asked");

        paused.Signal("-STOP");
        answered.Set();
        var other = (await work.RunAsync("worker", "--until-empty", "--json")).ShouldExit(0).Json;
        work.WriteLines("gone.jsonl", """{"id":"a","deleted":true}""");
        (await work.RunAsync("enqueue", "gone.jsonl")).ShouldExit(0);
        (await work.RunAsync("worker", "--until-empty")).ShouldExit(0);
        var before = await work.ExportAsync();
        paused.Signal("-CONT");
        paused.Signal("-TERM");
        var report = (await paused.FinishAsync()).ShouldExit(0).Json;

        ((int)other["queued"]!["done"]!).ShouldBe(2);
        ((int)report["queued"]!["lost"]!).ShouldBe(2);
        ((int)report["queued"]!["done"]!).ShouldBe(0);
        ((int)report["documents"]!["added"]!).ShouldBe(0);
        work.Documents(before).ShouldBe(["b"]);
        (await work.ExportAsync()).ShouldBe(before);
        await work.VerifyCleanAsync();
    }
}
