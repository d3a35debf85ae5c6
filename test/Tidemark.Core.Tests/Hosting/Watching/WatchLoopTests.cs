using Shouldly;
using Tidemark.Conformance.Support;
using Tidemark.Documents;
using Tidemark.Embedding;
using Tidemark.Records;
using Tidemark.Sources;
using Tidemark.Syncing;
using Tidemark.Tests.Sources;
using Xunit;

namespace Tidemark.Tests.Hosting.Watching;

/// <summary>When folders are listed, by a clock on which waiting takes no time and by events that are told here.</summary>
public sealed class WatchLoopTests : IDisposable
{
    private readonly SkippingClock _clock = new();
    private readonly TemporaryFolder _folder = new();
    private readonly Hearing _heard = new();
    private readonly List<(TimeSpan At, string[] Parts)> _runs = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly List<ToldEvents> _events = [];
    private readonly DateTimeOffset _start;
    private Func<int, SyncReport> _answer = _ => Report();

    public WatchLoopTests()
    {
        _start = _clock.GetUtcNow();
        Directory.CreateDirectory(Path.Combine(_folder.Root, "sub"));
    }

    public void Dispose()
    {
        _stop.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Without_events_everything_is_listed_at_the_start_and_every_ten_minutes()
    {
        await RunAsync(runs: 4);

        _runs.Select(run => run.At.TotalMinutes).ShouldBe([0, 10, 20, 30], tolerance: 0.2);
        _runs.ShouldAllBe(run => run.Parts.Length == 0);
        _heard.Said.ShouldBe(["started"]);
    }

    [Fact]
    public async Task What_happened_is_listed_when_it_has_been_quiet_and_only_there()
    {
        await RunAsync(runs: 2, then: run =>
        {
            if (run == 1)
            {
                Source.Happened(Path.Combine(_folder.Root, "sub"), "a.txt", isFolder: false);
                Source.Happened(Path.Combine(_folder.Root, "sub"), ".a.txt.swp", isFolder: false);
            }
        });

        _runs[1].At.ShouldBe(TimeSpan.FromMilliseconds(200));
        _runs[1].Parts.ShouldBe(["docs/sub/"]);
    }

    [Fact]
    public async Task Files_that_are_not_taken_cause_no_run()
    {
        await RunAsync(runs: 2, then: run =>
        {
            if (run == 1)
            {
                Source.Happened(_folder.Root, "a.o", isFolder: false);
                Source.Happened(_folder.Root, "a.txt~", isFolder: false);
            }
        });

        _runs[1].At.ShouldBe(TimeSpan.FromMinutes(10), TimeSpan.FromSeconds(11));
    }

    [Fact]
    public async Task A_part_of_which_the_guard_holds_something_back_is_judged_with_the_whole()
    {
        _answer = run => run == 2 ? Report() with { Guard = new GuardReport(1, 1, "docs", ""), Outcome = RunOutcome.Guarded } : Report();
        var watched = await RunAsync(runs: 3, then: run =>
        {
            if (run == 1)
            {
                Source.Happened(Path.Combine(_folder.Root, "sub"), "a.txt", isFolder: false);
            }
        });

        _runs.Select(run => run.Parts.Length).ShouldBe([0, 1, 0]);
        _runs[2].At.ShouldBe(_runs[1].At);
        watched.Total!.Outcome.ShouldBe(RunOutcome.Succeeded, "the whole did not hold it back");
    }

    [Theory]
    [InlineData(WatchTrouble.Limit)]
    [InlineData(WatchTrouble.Unwatchable)]
    public async Task Where_events_cannot_tell_everything_everything_is_listed_every_ten_seconds(WatchTrouble trouble)
    {
        await RunAsync(runs: 4, then: run =>
        {
            if (run == 1)
            {
                _events[^1].OnTrouble(trouble);
            }
        });

        _runs.Skip(1).Select(run => run.At.TotalSeconds).ShouldBe([10, 20, 30], tolerance: 1);
        _heard.Said.ShouldBe([$"{trouble}", "started"]);
    }

    [Fact]
    public async Task An_overflow_lists_everything_and_is_told_once()
    {
        await RunAsync(runs: 2, then: run =>
        {
            if (run == 1)
            {
                _events[^1].OnTrouble(WatchTrouble.Overflow);
                _events[^1].OnTrouble(WatchTrouble.Overflow);
            }
        });

        (_runs[1].At, _runs[1].Parts).ShouldBe((TimeSpan.FromMilliseconds(200), []));
        _heard.Said.Count(said => said == "Overflow").ShouldBe(1);
    }

    [Fact]
    public async Task A_watch_that_hears_nothing_any_more_is_told_within_a_minute_and_another_takes_its_place()
    {
        await RunAsync(runs: 3, isDeaf: events => events == 0);

        _heard.SaidAt["Wedged"].ShouldBeLessThan(TimeSpan.FromMinutes(1));
        _events.Count.ShouldBe(2);
        _heard.Said.ShouldContain("recovered");
        _runs[1].At.ShouldBeLessThan(TimeSpan.FromMinutes(1));
        _runs[1].Parts.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_passes_is_tried_again_with_rests_and_nothing_that_happened_is_forgotten()
    {
        _answer = run => run is >= 2 and <= 4 ? throw new TidemarkException(ErrorCodes.RunLocked, "held", "wait") : Report();
        await RunAsync(runs: 5, then: run =>
        {
            if (run == 1)
            {
                Source.Happened(Path.Combine(_folder.Root, "sub"), "a.txt", isFolder: false);
            }
        });

        _heard.Said.ShouldBe(["started", "outage 1", "outage 2", "outage 4", "recovered"]);
        _runs[4].Parts.ShouldBeEmpty();
        _runs[4].At.TotalSeconds.ShouldBe(7.2, tolerance: 1);
    }

    [Fact]
    public async Task What_no_time_mends_ends_it()
    {
        _answer = run => run == 1 ? Report() : throw new TidemarkException(ErrorCodes.StoreMoved, "moved", "look");

        (await Should.ThrowAsync<TidemarkException>(RunAsync(runs: 5))).Code.ShouldBe(ErrorCodes.StoreMoved);
    }

    [Fact]
    public async Task A_folder_that_another_has_taken_the_place_of_is_listed_and_told()
    {
        await RunAsync(runs: 2, then: run =>
        {
            if (run == 1)
            {
                Directory.Move(_folder.Root, _folder.Root + ".away");
                Directory.CreateDirectory(_folder.Root);
                Directory.Delete(_folder.Root + ".away", recursive: true);
            }
        });

        _heard.Said.ShouldContain("RootLost");
        _runs[1].At.ShouldBeLessThan(TimeSpan.FromSeconds(45));
    }

    private WatchedSource Source => _events[^1].Sources.Single();

    private async Task<WatchReport> RunAsync(int runs, Action<int>? then = null, Func<int, bool>? isDeaf = null)
    {
        var options = new WatchOptions { Folders = [new DirectoryOptions { Name = "docs", Path = _folder.Root }], Observer = _heard };
        _heard.Now = () => _clock.GetUtcNow() - _start;
        using var loop = new WatchLoop(
            options,
            async (sources, cancellationToken) =>
            {
                await foreach (var page in sources.Single().ListAsync(cancellationToken))
                {
                    page.Dispose();
                }

                _runs.Add((_clock.GetUtcNow() - _start, [.. sources.SelectMany(source => source.Parts)]));
                if (_runs.Count == runs)
                {
                    await _stop.CancelAsync();
                }

                var report = _answer(_runs.Count);
                then?.Invoke(_runs.Count);
                return report;
            },
            () =>
            {
                _events.Add(new ToldEvents(isDeaf?.Invoke(_events.Count) ?? false));
                return _events[^1];
            },
            _clock);

        var watched = await loop.RunAsync(_stop.Token);
        watched.Runs.ShouldBeGreaterThan(0);
        return watched;
    }

    private static SyncReport Report() => new()
    {
        Namespace = "default",
        Cleanup = "full",
        Outcome = RunOutcome.Succeeded,
        Documents = new DocumentCounts(0, 0, 0, 0, 0, 0, 0, 0, 0),
        Chunks = new ChunkCounts(0, 0, 0, 0),
        Embedding = new EmbeddingCounts("hashing:1", 0, 0, 0, 0, new AvoidedTokens(0, 0), null),
    };

    /// <param name="isDeaf">Else each beat is heard at once: the clock of these tests does not wait for threads.</param>
    private sealed class ToldEvents(bool isDeaf) : FolderEvents
    {
        private long _asked;

        public List<WatchedSource> Sources { get; } = [];

        public override int Count => Sources.Count;

        public override long Beats => isDeaf ? 0 : ++_asked;

        public override void WatchBeat(string folder)
        {
        }

        public override void Add(WatchedSource source) => Sources.Add(source);

        public override void Begin()
        {
        }

        public override void Enter(WatchedSource source, string path)
        {
        }

        public override void Forget(WatchedSource source)
        {
        }

        public override void Dispose()
        {
        }
    }

    private sealed class Hearing : IWatchObserver
    {
        public Func<TimeSpan> Now { get; set; } = () => default;

        public List<string> Said { get; } = [];

        public Dictionary<string, TimeSpan> SaidAt { get; } = new(StringComparer.Ordinal);

        public void OnStarted(int folders) => Said.Add("started");

        public void OnTrouble(WatchTrouble trouble)
        {
            Said.Add($"{trouble}");
            SaidAt.TryAdd($"{trouble}", Now());
        }

        public void OnOutage(TidemarkException failure, TimeSpan nextTry) => Said.Add($"outage {nextTry.TotalSeconds}");

        public void OnRecovered(TimeSpan after) => Said.Add("recovered");
    }
}
