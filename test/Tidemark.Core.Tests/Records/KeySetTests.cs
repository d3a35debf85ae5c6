using Shouldly;
using Tidemark.Records;
using Xunit;

namespace Tidemark.Tests.Records;

public sealed class KeySetTests
{
    [Fact]
    public void A_key_is_new_once()
    {
        var marks = new KeySet();

        marks.Add(63).ShouldBeTrue();
        marks.Add(64).ShouldBeTrue();
        marks.Add(63).ShouldBeFalse();

        marks.Count.ShouldBe(2);
        marks.Contains(64).ShouldBeTrue();
        marks.Contains(65).ShouldBeFalse();
    }

    [Fact]
    public void It_grows_to_any_key_and_gives_keys_back_in_order()
    {
        var marks = new KeySet();
        long[] keys = [1_000_000, 1, 4096, 4095, 70];

        foreach (var key in keys)
        {
            marks.Add(key);
        }

        marks.Keys().ShouldBe(keys.Order());
        marks.Contains(long.MaxValue / 2).ShouldBeFalse();
    }
}
