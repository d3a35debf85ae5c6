using Shouldly;
using Tidemark.Documents;
using Tidemark.Records;
using Tidemark.Syncing;
using Xunit;

namespace Tidemark.Tests.Syncing;

public sealed class CleanupRuleTests
{
    private const long Start = 10;

    private static readonly LiveDocument Unlisted =
        new(new DocumentKey(1), new SourceIdKey(7), Start, Chunks: 1, ContentHash.Of("text"));

    [Fact]
    public void What_a_full_listing_did_not_name_is_gone() => IsGone(Unlisted, CleanupMode.Full, new RunMarks()).ShouldBeTrue();

    [Fact]
    public void What_was_named_stays()
    {
        var marks = new RunMarks();
        marks.Seen.Add(Unlisted.Key.Value);
        marks.List(Unlisted.SourceId);

        IsGone(Unlisted, CleanupMode.Full, marks).ShouldBeFalse();
        IsGone(Unlisted, CleanupMode.Incremental, marks).ShouldBeFalse();
    }

    [Fact]
    public void What_was_written_since_the_run_began_stays()
    {
        var marks = new RunMarks();
        marks.List(Unlisted.SourceId);

        IsGone(Unlisted with { Sequence = Start + 1 }, CleanupMode.Full, marks).ShouldBeFalse();
        IsGone(Unlisted with { Sequence = Start + 1 }, CleanupMode.Incremental, marks).ShouldBeFalse();
    }

    [Fact]
    public void Incrementally_only_what_something_of_its_source_id_has_replaced_is_gone()
    {
        var marks = new RunMarks();
        marks.List(new SourceIdKey(8));
        IsGone(Unlisted, CleanupMode.Incremental, marks).ShouldBeFalse();

        marks.List(Unlisted.SourceId);

        IsGone(Unlisted, CleanupMode.Incremental, marks).ShouldBeTrue();
        IsGone(Unlisted, CleanupMode.None, marks).ShouldBeFalse();
    }

    [Fact]
    public void What_has_no_source_id_is_replaced_by_nothing()
    {
        var marks = new RunMarks();
        marks.List(default);
        marks.SourceIds.Add(0);

        IsGone(Unlisted with { SourceId = default }, CleanupMode.Incremental, marks).ShouldBeFalse();
    }

    private static bool IsGone(LiveDocument document, CleanupMode mode, RunMarks marks) =>
        CleanupRule.IsGone(document, mode, marks, Start);
}
