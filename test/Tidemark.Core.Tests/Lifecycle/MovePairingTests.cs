using Shouldly;
using Tidemark.Documents;
using Tidemark.Lifecycle;
using Tidemark.Records;
using Xunit;

namespace Tidemark.Core.Tests.Lifecycle;

/// <summary>What became of documents between two moments.</summary>
public sealed class MovePairingTests
{
    [Fact]
    public void What_went_and_came_with_its_text_in_its_source_moved_once()
    {
        Pair((Of("a", "one"), null), (Of("b", "one"), null), (null, Of("c", "one")), (null, Of("d", "one")), (null, Of("e", "one")))
            .ShouldBe(["a > c moved", "b > d moved", "> e added"]);
        Pair((Of("a", "one"), null), (null, Of("z", "one")), (null, Of("m", "two"))).ShouldBe(["> m added", "a > z moved"], "by the name of today");
        Pair((Of("z", "one"), null), (null, Of("c", "two"))).ShouldBe(["> c added", "z > deleted"]);
        Pair((Of("a", "one"), null), (null, Of("c", "one") with { Source = "other" })).ShouldBe(["a > deleted", "> c added"]);
    }

    [Fact]
    public void What_stayed_is_told_when_its_text_or_its_metadata_is_another()
    {
        Pair((Of("b", "one"), Of("b", "two")), (Of("a", "one"), Of("a", "one") with { Metadata = DocumentMetadata.Parse("""{"k":1}""") }))
            .ShouldBe(["a > a metadata", "b > b edited"]);
        Pair((Of("a", "one"), Of("a", "one") with { Source = "other" })).ShouldBe(["a > a metadata"]);
        Pair((Of("a", "one"), Of("a", "one") with { Sequence = 9 }), (null, null)).ShouldBeEmpty();
    }

    [Fact]
    public void What_stayed_is_nobody_s_former_self() =>
        Pair((Of("a", "one"), Of("a", "two")), (null, Of("b", "one"))).ShouldBe(["a > a edited", "> b added"]);

    private static IEnumerable<string> Pair(params (DocumentSummary? From, DocumentSummary? To)[] changes) =>
        MovePairing.Of(changes).Select(pair => $"{pair.From?.Id} > {pair.To?.Id} {pair.Change}".Trim().Replace(">  ", "> ", StringComparison.Ordinal));

    private static DocumentSummary Of(string id, string text) => LifecycleStates.Document(id, text);
}
