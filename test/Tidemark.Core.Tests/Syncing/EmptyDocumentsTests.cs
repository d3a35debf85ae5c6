using Shouldly;
using Tidemark.Records;
using Tidemark.Syncing;
using Xunit;

namespace Tidemark.Tests.Syncing;

/// <summary>Documents without a chunk are counted once each.</summary>
public sealed class EmptyDocumentsTests
{
    private static readonly DocumentKey None = new(0);

    private readonly EmptyDocuments _empty = new();

    [Fact]
    public void By_key_and_by_id_where_there_is_no_key_yet()
    {
        _empty.Add(None, "a");
        _empty.Add(None, "b");
        _empty.Add(None, "b");
        _empty.Count.ShouldBe(2);

        _empty.Add(new DocumentKey(1), "c");
        _empty.Add(new DocumentKey(1));
        _empty.Add(new DocumentKey(2));
        _empty.Count.ShouldBe(4);
    }

    [Fact]
    public void One_that_got_text_is_none()
    {
        _empty.Remove(new DocumentKey(1), "a");
        _empty.Count.ShouldBe(0);

        _empty.Add(None, "a");
        _empty.Add(new DocumentKey(2), "b");
        _empty.Remove(new DocumentKey(1), "a");
        _empty.Count.ShouldBe(1);
        _empty.Remove(new DocumentKey(2), "b");
        _empty.Count.ShouldBe(0);
    }
}
