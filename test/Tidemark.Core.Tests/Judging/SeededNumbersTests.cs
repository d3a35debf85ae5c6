using Shouldly;
using Tidemark.Judging;
using Xunit;

namespace Tidemark.Core.Tests.Judging;

public sealed class SeededNumbersTests
{
    /// <summary>As the reference implementation of SplitMix64 gives them.</summary>
    [Theory]
    [InlineData(0UL, new[] { 0xE220A8397B1DCDAFUL, 0x6E789E6AA1B965F4UL, 0x06C45D188009454FUL })]
    [InlineData(1_234_567UL, new[] { 6_457_827_717_110_365_317UL, 3_203_168_211_198_807_973UL, 9_817_491_932_198_370_423UL })]
    public void A_seed_gives_the_numbers_that_it_gives_everywhere(ulong seed, ulong[] numbers)
    {
        var random = new SeededNumbers(seed);

        foreach (var number in numbers)
        {
            random.Next().ShouldBe(number);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    [InlineData(1_000)]
    public void Below_an_end_every_number_comes_as_often_as_any_other(int end)
    {
        var random = new SeededNumbers(3);
        var often = new int[end];
        for (var i = 0; i < 1_000 * end; i++)
        {
            often[random.Below(end)]++;
        }

        often.ShouldAllBe(times => times > 850 && times < 1_150);
    }
}
