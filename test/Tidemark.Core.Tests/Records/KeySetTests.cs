using Shouldly;
using Tidemark.Documents;
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
    public void The_first_key_beyond_its_room_is_taken_and_no_key_is_negative()
    {
        var marks = new KeySet();

        marks.Contains(64 * 64).ShouldBeFalse();
        marks.Add(64 * 64).ShouldBeTrue();
        marks.Contains(64 * 64).ShouldBeTrue();
        Should.Throw<ArgumentOutOfRangeException>(() => marks.Add(-1));
    }

    [Fact]
    public void A_key_far_from_the_others_takes_a_page_and_not_all_memory()
    {
        var marks = new KeySet();

        marks.Add(1);
        marks.Add(StoredValue.MostKey);

        marks.Keys().ShouldBe([1, StoredValue.MostKey]);
        marks.Contains(StoredValue.MostKey - 1).ShouldBeFalse();
        marks.Contains(long.MinValue).ShouldBeFalse();
        Should.Throw<ArgumentOutOfRangeException>(() => marks.Add(StoredValue.MostKey + 1));
    }

    [Fact]
    public void A_set_without_some_keys_is_another_one_and_the_first_stays()
    {
        var all = new KeySet();
        long[] keys = [0, 63, 64, 65_535, 65_536, 200_000];
        foreach (var key in keys)
        {
            all.Add(key);
        }

        var left = all.Without([63, 65_536, 63, 7, 1_000_000]);

        left.Keys().ShouldBe([0, 64, 65_535, 200_000]);
        left.Count.ShouldBe(4);
        all.Keys().ShouldBe(keys);
        all.Count.ShouldBe(6);
        all.Without([7, 65]).ShouldBeSameAs(all);
        all.Without([]).ShouldBeSameAs(all);
        left.Add(63).ShouldBeTrue();
        all.Without([0]).Add(0).ShouldBeTrue();
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

        marks.Contains(64L * 64 * 1_000).ShouldBeFalse("beyond what it has room for");
        marks.Keys().ShouldBe(keys.Order());
        marks.Contains(long.MaxValue / 2).ShouldBeFalse();
    }
}
