using System.Text;
using Shouldly;
using Tidemark.Documents;
using Tidemark.Records;
using Xunit;

namespace Tidemark.Tests.Records;

public sealed class StoredValueTests
{
    [Theory]
    [InlineData("{}", true)]
    [InlineData("{\"a\":[1,{\"b\":null}]}", true)]
    [InlineData("", false)]
    [InlineData("{", false)]
    [InlineData("[]", false)]
    [InlineData("{} {}", false)]
    [InlineData("17", false)]
    public void An_object_is_one_whole_object(string json, bool isObject) => StoredValue.IsObject(json).ShouldBe(isObject);

    [Theory]
    [InlineData("[]", true)]
    [InlineData("[\"a\",\"b\"]", true)]
    [InlineData("[1]", false)]
    [InlineData("[\"a\"", false)]
    [InlineData("[\"a\"]x", false)]
    [InlineData("{}", false)]
    public void Names_are_a_list_of_texts(string json, bool isNames) => StoredValue.IsNames(Encoding.UTF8.GetBytes(json)).ShouldBe(isNames);

    [Fact]
    public void A_time_is_any_that_there_is_and_no_other()
    {
        StoreTime.FromStored(StoredValue.LeastTime, "d", "at").ShouldBe(DateTimeOffset.MinValue);
        StoreTime.FromStored(StoredValue.MostTime, "d", "at").ShouldBe(DateTimeOffset.MaxValue);
        foreach (var ticks in new[] { StoredValue.LeastTime - 1, StoredValue.MostTime + 1, long.MinValue, long.MaxValue, 1L << 62 })
        {
            var failure = Should.Throw<TidemarkException>(() => StoreTime.FromStored(ticks, "docs/a.md", "modified_at"));
            (failure.Code, failure.Message).ShouldBe((ErrorCodes.StoreCorrupt, $"'docs/a.md' is damaged: its 'modified_at' ({ticks}) is no time"));
            StoreTime.Known(ticks).ShouldBeNull();
        }
    }

    [Theory]
    [InlineData(0, null, null, null, null)]
    [InlineData(-1, null, null, null, "source_id")]
    [InlineData((1L << 40) + 1, null, null, null, "source_id")]
    [InlineData(1, 1L << 62, null, null, "modified_at")]
    [InlineData(1, 1L, -(1L << 62), null, "expires_at")]
    [InlineData(1, 1L, 1L, "{", "metadata")]
    [InlineData(1, 1L, 1L, "{}", null)]
    public void What_of_a_documents_row_is_no_value_is_named(long sourceId, long? modifiedAt, long? expiresAt, string? metadata, string? column)
    {
        var fault = StoredValue.FaultOf(7, sourceId, modifiedAt, expiresAt, metadata);

        (fault?.Contains($"'{column}'", StringComparison.Ordinal)).ShouldBe(column is null ? null : true);
    }
}
