using Shouldly;
using Tidemark.Documents;
using Tidemark.Queueing;
using Tidemark.Streaming;
using Tidemark.Wire;
using Xunit;

namespace Tidemark.Tests.Wire;

public sealed class QueueJsonTests
{
    private static readonly QueuedChange Dead = new()
    {
        Document = "p1",
        Source = "jsonl",
        Attempts = 5,
        EnqueuedAt = Printed.Noon,
        AvailableAt = Printed.Noon,
        Failure = new ChangeFailure("embedding.refused", "no", "mend it"),
    };

    [Fact]
    public void A_status_counts_what_waits_and_lists_what_is_dead()
    {
        var counts = new QueueCounts(1, 2, 3) { OldestAt = Printed.Noon };

        Printed.Of(json => QueueJson.WriteStatus(
            json, "default", counts, [Dead, Dead with { IsDelete = true, Failure = null }], Printed.Noon.AddSeconds(1.5))).ShouldBe(Printed.Line("""
            {"namespace":"default","pending":1,"leased":2,"dead":3,"oldestAge":1.5,"deadLetters":[
            {"document":"p1","source":"jsonl","change":"upsert","attempts":5,"code":"embedding.refused","message":"no","remedy":"mend it",
            "enqueuedAt":"2026-01-02T12:00:00Z"},
            {"document":"p1","source":"jsonl","change":"delete","attempts":5,"code":null,"message":null,"remedy":null,
            "enqueuedAt":"2026-01-02T12:00:00Z"}]}
            """));
    }

    [Fact]
    public void An_age_is_never_negative_and_null_where_nothing_waits()
    {
        Age(new QueueCounts(1, 0, 0) { OldestAt = Printed.Noon.AddHours(1) }).ShouldContain("\"oldestAge\":0,");
        Age(QueueCounts.None).ShouldContain("\"oldestAge\":null,");

        static string Age(QueueCounts counts) => Printed.Of(json => QueueJson.WriteStatus(json, "default", counts, [], Printed.Noon));
    }

    [Fact]
    public void What_was_retried_and_dropped_is_counted()
    {
        Printed.Of(json => QueueJson.WriteRetried(json, "n", ["a", "b"])).ShouldBe("""{"namespace":"n","retried":2,"documents":["a","b"]}""");
        Printed.Of(json => QueueJson.WriteDropped(json, "n", 3)).ShouldBe("""{"namespace":"n","dropped":3}""");
    }

    [Fact]
    public void What_was_enqueued_is_counted()
    {
        var report = new EnqueueReport
        {
            Namespace = "default",
            Seen = 9,
            Changes = new EnqueueResult(4, 2, 1),
            Forgotten = 3,
            Failed = 2,
            Errors = [new ItemFailure("line 1", "source.malformed", "bad", "mend it", HidesDocuments: false)],
            Queue = new QueueCounts(6, 0, 0),
            Elapsed = TimeSpan.FromSeconds(0.25),
        };

        Printed.Of(json => EnqueueReportJson.Write(json, report)).ShouldBe(Printed.Line("""
            {"namespace":"default","seen":9,"enqueued":6,"coalesced":2,"outdated":1,"forgotten":3,"failed":2,
            "queue":{"pending":6,"leased":0,"dead":0},
            "errors":[{"item":"line 1","code":"source.malformed","message":"bad","remedy":"mend it"}],"elapsedSeconds":0.25}
            """));
    }

    [Fact]
    public void A_worker_writes_its_runs_as_one_and_what_became_of_the_changes()
    {
        var report = new WorkerReport
        {
            Total = Reports.Run,
            Runs = 2,
            Changes = new ChangeCounts(6, 5, 4, 3, 2, 1),
            Queue = new QueueCounts(1, 0, 0),
        };

        var run = Printed.Of(json => SyncReportJson.Write(json, Reports.Run));
        Printed.Of(json => WorkerReportJson.Write(json, report)).ShouldBe(run[..^1] + Printed.Line("""
            ,"runs":2,"queued":{"claimed":6,"done":5,"retried":4,"dead":3,"lost":2,"released":1},
            "queue":{"pending":1,"leased":0,"dead":0}}
            """));
    }
}
