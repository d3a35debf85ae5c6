using System.Globalization;
using System.Numerics;
using Shouldly;
using Tidemark.Indexing;
using Xunit;

namespace Tidemark.Tests.Indexing;

public sealed class MetadataNumberTests
{
    /// <summary>Equal exactly for equal numbers.</summary>
    [Theory]
    [InlineData("-1.50", "-15e-1", true)]
    [InlineData("-1", "1", false)]
    [InlineData("1", "10", false)]
    [InlineData("-0", "0.000", true)]
    public void Numbers_are_written_alike_exactly_if_they_are_equal(string left, string right, bool alike)
    {
        MetadataNumber.TryParse(left, out var a).ShouldBeTrue();
        MetadataNumber.TryParse(right, out var b).ShouldBeTrue();

        (a.ToString() == b.ToString()).ShouldBe(alike);
    }

    [Theory]
    [InlineData("1.10", "1.1e0", 0)]
    [InlineData("11e-1", "1.1", 0)]
    [InlineData("1000", "1e3", 0)]
    [InlineData("1000.000", "1E+3", 0)]
    [InlineData("-0.0", "0", 0)]
    [InlineData("0e99", "0", 0)]
    [InlineData("9007199254740993", "9007199254740992", 1)]
    [InlineData("1.1000000000000001", "1.1", 1)]
    [InlineData("-2", "-10", 1)]
    [InlineData("-1", "0.001", -1)]
    [InlineData("2", "10", -1)]
    [InlineData("0.05", "0.049", 1)]
    [InlineData("1e999999999999999999999", "1", 1)]
    [InlineData("1e-999999999999999999999", "0", 1)]
    public void Numbers_are_compared_by_their_value(string left, string right, int expected)
    {
        MetadataNumber.TryParse(left, out var a).ShouldBeTrue();
        MetadataNumber.TryParse(right, out var b).ShouldBeTrue();

        Math.Sign(a.ComparedTo(b)).ShouldBe(expected);
        Math.Sign(b.ComparedTo(a)).ShouldBe(-expected);
        (a.ToString() == b.ToString()).ShouldBe(expected == 0);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("01")]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData("+5")]
    [InlineData("1e")]
    [InlineData("1e+")]
    [InlineData("0x10")]
    [InlineData("1 ")]
    [InlineData("١")]
    public void What_JSON_does_not_call_a_number_is_none(string text) => MetadataNumber.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void Any_two_ways_to_write_a_number_are_equal_and_any_two_numbers_in_order()
    {
        var random = new Random(7);
        for (var i = 0; i < 5_000; i++)
        {
            var (a, b) = (random.NextInt64(-2_000, 2_000), random.NextInt64(-2_000, 2_000));
            MetadataNumber.TryParse(Written(a, random), out var left).ShouldBeTrue();
            MetadataNumber.TryParse(Written(b, random), out var right).ShouldBeTrue();

            Math.Sign(left.ComparedTo(right)).ShouldBe(a.CompareTo(b), $"{a} {b}");
        }
    }

    /// <summary>A thousandth of the number, one way or another.</summary>
    private static string Written(long thousandths, Random random)
    {
        var exponent = random.Next(-6, 7);
        var digits = BigInteger.Abs(new BigInteger(thousandths) * BigInteger.Pow(10, 9 - exponent)).ToString(CultureInfo.InvariantCulture).PadLeft(13, '0');
        var text = $"{digits[..^12].TrimStart('0').PadLeft(1, '0')}.{digits[^12..]}e{exponent}";
        return thousandths < 0 ? "-" + text : text;
    }
}
