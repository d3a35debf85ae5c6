using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Tidemark.Sqlite.Indexing;

/// <summary>Products of a 16-bit query with 8-bit codes. Integers only, so that every path gives the same sum.</summary>
internal static class Int8Kernel
{
    /// <param name="codes">As many as <paramref name="query"/> has numbers.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Dot(ReadOnlySpan<short> query, ReadOnlySpan<sbyte> codes)
    {
        ref var q = ref MemoryMarshal.GetReference(query);
        ref var c = ref MemoryMarshal.GetReference(codes);
        var length = Math.Min(query.Length, codes.Length);
        var at = 0;
        var sum = 0;
        if (Avx2.IsSupported)
        {
            var first = Vector256<int>.Zero;
            var second = Vector256<int>.Zero;
            for (; at <= length - 32; at += 32)
            {
                first += Avx2.MultiplyAddAdjacent(Codes256(ref c, at), Vector256.LoadUnsafe(ref q, (nuint)at));
                second += Avx2.MultiplyAddAdjacent(
                    Codes256(ref c, at + 16), Vector256.LoadUnsafe(ref q, (nuint)(at + 16)));
            }

            sum = Vector256.Sum(first + second);
        }
        else
        {
            sum = DotPortable(query[..length], codes[..length], ref at);
        }

        for (; at < length; at++)
        {
            sum += query[at] * codes[at];
        }

        return sum;
    }

    /// <param name="at">Becomes the number of products taken: a multiple of the vector width.</param>
    internal static int DotPortable(ReadOnlySpan<short> query, ReadOnlySpan<sbyte> codes, ref int at)
    {
        var sums = Vector<int>.Zero;
        for (; at <= query.Length - Vector<sbyte>.Count; at += Vector<sbyte>.Count)
        {
            Vector.Widen(new Vector<sbyte>(codes[at..]), out var low, out var high);
            sums += Products(low, new Vector<short>(query[at..]));
            sums += Products(high, new Vector<short>(query[(at + Vector<short>.Count)..]));
        }

        return Vector.Sum(sums);
    }

    private static Vector<int> Products(Vector<short> codes, Vector<short> query)
    {
        Vector.Widen(codes, out var codesLow, out var codesHigh);
        Vector.Widen(query, out var queryLow, out var queryHigh);
        return (codesLow * queryLow) + (codesHigh * queryHigh);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> Codes256(ref sbyte codes, int at) =>
        Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref codes, (nuint)at));
}
