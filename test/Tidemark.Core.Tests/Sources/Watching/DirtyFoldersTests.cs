using Shouldly;
using Tidemark.Sources;
using Xunit;

namespace Tidemark.Tests.Sources.Watching;

public sealed class DirtyFoldersTests
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(200), Longest = TimeSpan.FromSeconds(2);

    private readonly StandingClock _clock = new();
    private readonly DirtyFolders _dirty;

    public DirtyFoldersTests() => _dirty = new DirtyFolders(_clock);

    [Fact]
    public void Nothing_is_due_until_something_happened() => _dirty.DueIn(Quiet, Longest).ShouldBeNull();

    [Fact]
    public void It_is_due_when_it_has_been_quiet_or_has_waited_for_long()
    {
        _dirty.Mark("/a");
        _dirty.DueIn(Quiet, Longest).ShouldBe(Quiet);
        for (var i = 0; i < 19; i++)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(100));
            _dirty.Mark("/a");
        }

        _dirty.DueIn(Quiet, Longest).ShouldBe(TimeSpan.FromMilliseconds(100));
        _clock.Advance(TimeSpan.FromMilliseconds(100));
        _dirty.DueIn(Quiet, Longest).ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public void Marks_are_taken_once_and_each_folder_once()
    {
        _dirty.Mark("/a");
        _dirty.Mark("/b");
        _dirty.Mark("/a");

        _dirty.Take().ShouldNotBeNull().ShouldBe(["/a", "/b"], ignoreOrder: true);
        _dirty.DueIn(Quiet, Longest).ShouldBeNull();
    }

    [Fact]
    public void Of_very_many_folders_all_is_listed()
    {
        for (var i = 0; i < 201; i++)
        {
            _dirty.Mark($"/{i}");
        }

        _dirty.Take().ShouldBeNull();
    }

    [Fact]
    public void Whoever_waits_is_woken_once()
    {
        var woken = 0;
        _dirty.OnMark = () => woken++;
        _dirty.Mark("/a");
        _dirty.MarkAll();
        woken.ShouldBe(1);

        _dirty.Take().ShouldBeNull();
        _dirty.Mark("/a");
        woken.ShouldBe(2);
    }

    private sealed class StandingClock : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _now;

        public void Advance(TimeSpan time) => _now += time.Ticks;
    }
}
