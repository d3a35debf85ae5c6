using Shouldly;
using Tidemark.Documents;
using Tidemark.Indexing;
using Tidemark.Records;
using Xunit;

namespace Tidemark.Tests.Indexing;

public sealed class HitOrderTests
{
    [Fact]
    public void The_best_come_first_then_documents_by_their_ids_then_chunks_by_their_places()
    {
        IndexHit[] ordered =
        [
            Hit("z", 5, 0.9),
            Hit("B", 0, 0.5),
            Hit("a", 1, 0.5),
            Hit("a", 2, 0.5),
            Hit("a", 10, 0.5),
            Hit("b", 0, 0.5),
            Hit("a", 0, -1),
        ];

        for (var i = 0; i < ordered.Length; i++)
        {
            for (var j = 0; j < ordered.Length; j++)
            {
                Math.Sign(HitOrder.Instance.Compare(ordered[i], ordered[j])).ShouldBe(Math.Sign(i.CompareTo(j)), $"{i}, {j}");
            }
        }
    }

    [Fact]
    public void Nothing_comes_before_everything()
    {
        HitOrder.Instance.Compare(null, null).ShouldBe(0);
        HitOrder.Instance.Compare(null, Hit("a", 0, 1)).ShouldBe(-1);
        HitOrder.Instance.Compare(Hit("a", 0, 1), null).ShouldBe(1);
    }

    private static IndexHit Hit(string document, int ordinal, double score) => new(
        new IndexedChunk
        {
            Document = document,
            Source = "s",
            Ordinal = ordinal,
            Input = ContentHash.Of("x"),
            Occurrence = 0,
            Text = "x",
            Metadata = DocumentMetadata.Empty,
        },
        score);
}
