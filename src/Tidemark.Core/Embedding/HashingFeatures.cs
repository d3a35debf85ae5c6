using System.Numerics;
using System.Runtime.CompilerServices;

namespace Tidemark.Embedding;

/// <summary>Turns one text after the other into hashed features. Not thread-safe.</summary>
internal sealed class HashingFeatures(int dimensions)
{
    private const ulong Multiplier = 0x9FB21C651E98DF25;
    private const ulong Finisher = 0xD1B54A32D192ED03;
    private const ulong Gram3 = 0x8CB92BA72F3D8DD7;
    private const ulong Gram4 = 0x2545F4914F6CDD1D;
    private const ulong Gram5 = 0xA0761D6478BD642F;

    /// <summary>A whole word counts as much as this many of its n-grams.</summary>
    private const int WordShare = 2;

    private readonly HashingWords _words = new();
    private readonly int[] _sums = new int[dimensions];

    /// <param name="vector">As long as there are dimensions; gets unit length.</param>
    public void Embed(ReadOnlySpan<char> text, Span<float> vector)
    {
        _words.Read(text);
        if (_words.Words.IsEmpty)
        {
            _words.ReadSymbols(text);
        }

        _sums.AsSpan().Clear();
        foreach (ref readonly var word in _words.Words)
        {
            var weight = Weight(word.Count);
            Add(Mix(word.Hash), weight * WordShare);
            if (word.Length > 0)
            {
                AddGrams(_words.Letters.Slice(word.Start, word.Length), weight);
            }
        }

        Normalize(vector);
    }

    /// <summary>
    /// 1 + ln(count) in 64ths, with the logarithm interpolated linearly between powers of two: integers only, because the
    /// last bit of a library's logarithm differs between platforms.
    /// </summary>
    internal static int Weight(int count)
    {
        const int One = 64;
        const int Ln2 = 44;
        var power = BitOperations.Log2((uint)count);
        return One + (Ln2 * power) + (int)(((long)Ln2 * (count - (1 << power))) >> power);
    }

    private void AddGrams(ReadOnlySpan<char> word, int weight)
    {
        // The window holds four units; the n-grams that begin at its first unit are its prefixes and itself plus the next.
        var window = word[0] | ((ulong)word[1] << 16) | ((ulong)word[2] << 32);
        for (var next = 3; next <= word.Length; next++)
        {
            Add(Mix(window ^ Gram3), weight);
            if (next == word.Length)
            {
                return;
            }

            var four = window | ((ulong)word[next] << 48);
            Add(Mix(four ^ Gram4), weight);
            if (next + 1 < word.Length)
            {
                Add(Mix((four * Multiplier) ^ word[next + 1] ^ Gram5), weight);
            }

            window = four >> 16;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add(uint hash, int weight)
    {
        // The upper half of the product picks the dimension evenly; the lowest bit is free for the sign.
        var sign = -(int)(hash & 1);
        _sums[(int)(((ulong)hash * (ulong)_sums.Length) >> 32)] += (weight ^ sign) - sign;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Mix(ulong value)
    {
        value *= Multiplier;
        value ^= value >> 32;
        return (uint)((value * Finisher) >> 32);
    }

    private void Normalize(Span<float> vector)
    {
        long squares = 0;
        foreach (var sum in _sums)
        {
            squares += (long)sum * sum;
        }

        if (squares == 0)
        {
            vector.Clear();
            vector[0] = 1;
            return;
        }

        // Division and square root are exact to the last bit everywhere (IEEE 754).
        var length = Math.Sqrt(squares);
        for (var i = 0; i < _sums.Length; i++)
        {
            vector[i] = (float)(_sums[i] / length);
        }
    }
}
