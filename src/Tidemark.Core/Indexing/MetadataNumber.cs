using System.Globalization;
using System.Text;

namespace Tidemark.Indexing;

/// <summary>
/// A number as JSON writes it, compared by its value and not by how it is written, however many digits it has: 1.10 = 1.1 = 11e-1.
/// </summary>
public readonly ref struct MetadataNumber
{
    private const long FarthestExponent = 1L << 60;

    private readonly bool _isNegative;
    private readonly ReadOnlySpan<char> _digits; // from the first that is not 0 to the last one; a point may stand among them
    private readonly long _exponent; // the value is 0.DIGITS × 10^exponent

    private MetadataNumber(bool isNegative, ReadOnlySpan<char> digits, long exponent)
    {
        _isNegative = isNegative;
        _digits = digits;
        _exponent = exponent;
    }

    /// <returns>False: this is no JSON number.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out MetadataNumber number)
    {
        number = default;
        var at = text is ['-', ..] ? 1 : 0;
        var whole = DigitsFrom(text, at);
        if (whole == 0 || (whole > 1 && text[at] == '0'))
        {
            return false;
        }

        var end = at + whole;
        if (end < text.Length && text[end] == '.')
        {
            var fraction = DigitsFrom(text, end + 1);
            if (fraction == 0)
            {
                return false;
            }

            end += 1 + fraction;
        }

        if (!TryExponent(text[end..], out var exponent))
        {
            return false;
        }

        number = Normalize(text[0] == '-', text[at..end], whole, exponent);
        return true;
    }

    /// <summary>Less than 0, 0, or greater than 0.</summary>
    public int ComparedTo(MetadataNumber other)
    {
        var sign = Sign;
        if (sign != other.Sign)
        {
            return sign.CompareTo(other.Sign);
        }

        var bySize = _exponent.CompareTo(other._exponent);
        return sign * (bySize != 0 ? bySize : CompareDigits(_digits, other._digits));
    }

    /// <summary>Equal exactly for equal numbers.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(_isNegative ? "-" : "");
        foreach (var digit in _digits)
        {
            if (digit != '.')
            {
                text.Append(digit);
            }
        }

        return text.Append(CultureInfo.InvariantCulture, $"e{_exponent}").ToString();
    }

    private int Sign => _digits.Length == 0 ? 0 : _isNegative ? -1 : 1;

    private static int DigitsFrom(ReadOnlySpan<char> text, int start)
    {
        var end = text[Math.Min(start, text.Length)..].IndexOfAnyExceptInRange('0', '9');
        return end < 0 ? Math.Max(0, text.Length - start) : end;
    }

    private static bool TryExponent(ReadOnlySpan<char> text, out long exponent)
    {
        exponent = 0;
        if (text.IsEmpty)
        {
            return true;
        }

        var digits = text is ['e' or 'E', '+' or '-', ..] ? text[2..] : text[1..];
        if (text[0] is not ('e' or 'E') || digits.IsEmpty || digits.ContainsAnyExceptInRange('0', '9'))
        {
            return false;
        }

        exponent = long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var known)
            ? Math.Min(known, FarthestExponent)
            : FarthestExponent;
        exponent = text[1] == '-' ? -exponent : exponent;
        return true;
    }

    /// <param name="digits">With a point, or without.</param>
    /// <param name="whole">How many of them stand before the point.</param>
    private static MetadataNumber Normalize(bool isNegative, ReadOnlySpan<char> digits, int whole, long exponent)
    {
        var first = digits.IndexOfAnyInRange('1', '9');
        if (first < 0)
        {
            return new MetadataNumber(false, [], 0);
        }

        var last = digits.LastIndexOfAnyInRange('1', '9');
        return new MetadataNumber(isNegative, digits[first..(last + 1)], exponent + whole - (first > whole ? first - 1 : first));
    }

    private static int CompareDigits(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        var (i, j) = (0, 0);
        while (true)
        {
            i += i < left.Length && left[i] == '.' ? 1 : 0;
            j += j < right.Length && right[j] == '.' ? 1 : 0;
            if (i >= left.Length || j >= right.Length)
            {
                return (left.Length - i > 0 ? 1 : 0) - (right.Length - j > 0 ? 1 : 0);
            }

            var byDigit = left[i++].CompareTo(right[j++]);
            if (byDigit != 0)
            {
                return byDigit;
            }
        }
    }
}
