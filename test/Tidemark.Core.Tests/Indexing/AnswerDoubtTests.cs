using Shouldly;
using Tidemark.Indexing;
using Xunit;

namespace Tidemark.Core.Tests.Indexing;

public sealed class AnswerDoubtTests
{
    [Theory]
    [InlineData(0, 1, true)]
    [InlineData(9, 10, true)]
    [InlineData(10, 10, false)]
    [InlineData(0, 0, false)]
    public void An_answer_is_doubted_unless_it_is_full(int hits, int limit, bool isDue) => AnswerDoubt.IsDue(hits, limit).ShouldBe(isDue);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(7, 7)]
    [InlineData(1_000_000, AnswerDoubt.MostCounted)]
    public void No_search_counts_more_rows_than_it_can_afford(long chunks, long rows) => AnswerDoubt.RowsOf(chunks).ShouldBe(rows);
}
