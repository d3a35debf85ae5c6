using System.Globalization;
using System.Numerics;
using System.Text.Json;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Tidemark.Formats;

/// <summary>The core schema of YAML 1.2 (chapter 10.3.2): which plain scalars are null, true, false or a number.</summary>
internal static class YamlScalar
{
    public static void Write(Utf8JsonWriter writer, Scalar scalar)
    {
        var text = scalar.Value;
        var isText = scalar.Style != ScalarStyle.Plain
            || (!scalar.Tag.IsEmpty && scalar.Tag.Value == "tag:yaml.org,2002:str");
        if (isText)
        {
            writer.WriteStringValue(text);
            return;
        }

        switch (text)
        {
            case "" or "~" or "null" or "Null" or "NULL":
                writer.WriteNullValue();
                break;
            case "true" or "True" or "TRUE":
                writer.WriteBooleanValue(true);
                break;
            case "false" or "False" or "FALSE":
                writer.WriteBooleanValue(false);
                break;
            default:
                if (NumberOf(text) is { } number)
                {
                    writer.WriteRawValue(number);
                }
                else
                {
                    writer.WriteStringValue(text);
                }

                break;
        }
    }

    /// <summary>The number as JSON writes it, with the digits it has; null where it is none, or none that JSON knows.</summary>
    internal static string? NumberOf(string text)
    {
        if (text.StartsWith("0x", StringComparison.Ordinal) || text.StartsWith("0o", StringComparison.Ordinal))
        {
            return Based(text.AsSpan(2), text[1] == 'x' ? 16 : 8);
        }

        var sign = text is ['-', ..] ? "-" : "";
        var rest = text is ['-' or '+', ..] ? text.AsSpan(1) : text;
        var whole = Digits(ref rest);
        var fraction = "";
        var hasPoint = rest is ['.', ..];
        if (hasPoint)
        {
            rest = rest[1..];
            fraction = Digits(ref rest);
        }

        if (whole.Length + fraction.Length == 0 || !Exponent(ref rest, out var exponent) || !rest.IsEmpty)
        {
            return null;
        }

        whole = whole.TrimStart('0');
        return string.Concat(
            sign, whole.Length == 0 ? "0" : whole, hasPoint ? $".{(fraction.Length == 0 ? "0" : fraction)}" : "", exponent);
    }

    private static bool Exponent(ref ReadOnlySpan<char> rest, out string exponent)
    {
        exponent = "";
        if (rest is not ['e' or 'E', ..])
        {
            return true;
        }

        rest = rest[1..];
        var sign = rest is ['-', ..] ? "-" : "";
        rest = rest is ['-' or '+', ..] ? rest[1..] : rest;
        var digits = Digits(ref rest);
        exponent = $"e{sign}{digits}";
        return digits.Length > 0;
    }

    private static string Digits(ref ReadOnlySpan<char> rest)
    {
        var length = rest.IndexOfAnyExceptInRange('0', '9');
        var digits = length < 0 ? rest : rest[..length];
        rest = rest[digits.Length..];
        return digits.ToString();
    }

    private static string? Based(ReadOnlySpan<char> digits, int numberBase)
    {
        if (digits.IsEmpty || digits.Length > 64)
        {
            return null;
        }

        var value = BigInteger.Zero;
        foreach (var digit in digits)
        {
            var number = char.IsAsciiHexDigit(digit) ? Convert.ToInt32(digit.ToString(), 16) : int.MaxValue;
            if (number >= numberBase)
            {
                return null;
            }

            value = (value * numberBase) + number;
        }

        return value.ToString(CultureInfo.InvariantCulture);
    }
}
