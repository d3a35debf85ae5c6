using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Tidemark.Sqlite.Indexing;

/// <summary>Products of a 16-bit query with 8-bit codes. Integers only, so that every path gives the same sum.</summary>
internal static class Int8Kernel
{
    /// <summary>The product with each vector of a pack.</summary>
    /// <param name="codes">One vector after the other, each as long as <paramref name="query"/>.</param>
    /// <param name="products">One number a vector.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Dot(ReadOnlySpan<short> query, ReadOnlySpan<sbyte> codes, Span<int> products)
    {
        for (var i = 0; i < products.Length; i++)
        {
            var vector = codes.Slice(i * query.Length, query.Length);
            products[i] = Avx2.IsSupported ? DotAvx2(query, vector) : DotPortable(query, vector);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int DotAvx2(ReadOnlySpan<short> query, ReadOnlySpan<sbyte> codes)
    {
        ref var q = ref MemoryMarshal.GetReference(query);
        ref var c = ref MemoryMarshal.GetReference(codes);
        var first = Vector256<int>.Zero;
        var second = Vector256<int>.Zero;
        var at = 0;
        for (; at <= query.Length - 32; at += 32)
        {
            first += Avx2.MultiplyAddAdjacent(Codes256(ref c, at), Vector256.LoadUnsafe(ref q, (nuint)at));
            second += Avx2.MultiplyAddAdjacent(
                Codes256(ref c, at + 16), Vector256.LoadUnsafe(ref q, (nuint)(at + 16)));
        }

        return Vector256.Sum(first + second) + DotRest(query, codes, at);
    }

    internal static int DotPortable(ReadOnlySpan<short> query, ReadOnlySpan<sbyte> codes)
    {
        var sums = Vector<int>.Zero;
        var at = 0;
        for (; at <= query.Length - Vector<sbyte>.Count; at += Vector<sbyte>.Count)
        {
            Vector.Widen(new Vector<sbyte>(codes[at..]), out var low, out var high);
            sums += Products(low, new Vector<short>(query[at..]));
            sums += Products(high, new Vector<short>(query[(at + Vector<short>.Count)..]));
        }

        return Vector.Sum(sums) + DotRest(query, codes, at);
    }

    private static int DotRest(ReadOnlySpan<short> query, ReadOnlySpan<sbyte> codes, int at)
    {
        var sum = 0;
        for (; at < query.Length; at++)
        {
            sum += query[at] * codes[at];
        }

        return sum;
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
