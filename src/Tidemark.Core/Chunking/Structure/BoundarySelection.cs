using System.Buffers;
using System.Runtime.InteropServices;

namespace Tidemark.Chunking.Structure;

/// <summary>
/// Takes a boundary if no stronger one stands within its reach: a local maximum. What is taken depends on the text
/// within that reach only, so an edit cannot move a boundary farther away, and two taken ones are never closer than
/// the reach.
/// </summary>
internal static class BoundarySelection
{
    /// <param name="first">Boundaries before this position would leave a chunk under the minimum.</param>
    /// <param name="last">The same at the end.</param>
    /// <param name="chosen">Receives the indices of the boundaries taken, ascending.</param>
    public static void Select(List<Boundary> boundaries, int first, int last, ChunkScale scale, List<int> chosen)
    {
        var (from, to) = Within(CollectionsMarshal.AsSpan(boundaries), first, last);
        var all = CollectionsMarshal.AsSpan(boundaries)[from..to];
        if (all.IsEmpty)
        {
            return;
        }

        var gaps = ArrayPool<int>.Shared.Rent(all.Length * 2);
        var room = gaps.AsSpan(0, all.Length);
        Measure(all, room, gaps.AsSpan(all.Length, all.Length));
        KeepBlocksWhole(all, room, scale.InnerReach);
        for (var i = 0; i < all.Length; i++)
        {
            var reach = scale.Reach(all[i]);
            if (room[i] > reach && !RepeatsLast(all, chosen, from, i, reach))
            {
                chosen.Add(from + i);
            }
        }

        ArrayPool<int>.Shared.Return(gaps);
    }

    /// <summary>Leaves the strongest <paramref name="most"/> of the boundaries taken; among equals, the first.</summary>
    public static void KeepStrongest(List<Boundary> boundaries, List<int> chosen, int most)
    {
        while (chosen.Count > most)
        {
            var weakest = 0;
            for (var i = 1; i < chosen.Count; i++)
            {
                if (boundaries[chosen[i]].CompareRank(boundaries[chosen[weakest]]) <= 0)
                {
                    weakest = i;
                }
            }

            chosen.RemoveAt(weakest);
        }
    }

    /// <summary>
    /// Among equals (one line repeated for pages), the first is taken and then every next one out of its reach.
    /// </summary>
    private static bool RepeatsLast(ReadOnlySpan<Boundary> all, List<int> chosen, int from, int i, int reach)
    {
        if (chosen.Count == 0)
        {
            return false;
        }

        ref readonly var last = ref all[chosen[^1] - from];
        return all[i].Position - last.Position <= reach && last.CompareRank(all[i]) == 0;
    }

    /// <summary>
    /// For each boundary the distance to the nearest stronger one, by a stack of those that still have none.
    /// </summary>
    private static void Measure(ReadOnlySpan<Boundary> all, Span<int> room, Span<int> stack)
    {
        room.Fill(int.MaxValue);
        var depth = 0;
        for (var i = 0; i < all.Length; i++)
        {
            while (depth > 0 && all[stack[depth - 1]].CompareRank(all[i]) < 0)
            {
                var weaker = stack[--depth];
                room[weaker] = Math.Min(room[weaker], all[i].Position - all[weaker].Position);
            }

            if (depth > 0)
            {
                var top = stack[depth - 1];
                var distance = all[i].Position - all[top].Position;
                var isEqual = all[top].CompareRank(all[i]) == 0;
                room[i] = !isEqual ? distance : room[top] == int.MaxValue ? int.MaxValue : room[top] + distance;
            }

            stack[depth++] = i;
        }
    }

    /// <summary>
    /// Leaves no room to a boundary inside a paragraph that has a block boundary near. So a paragraph up to twice that
    /// reach stays whole: one that is inserted cannot bring more than its own start and end.
    /// </summary>
    private static void KeepBlocksWhole(ReadOnlySpan<Boundary> all, Span<int> room, int reach)
    {
        var block = -1L - reach;
        for (var i = 0; i < all.Length; i++)
        {
            block = all[i].IsInner ? block : all[i].Position;
            room[i] = all[i].IsInner && all[i].Position - block <= reach ? 0 : room[i];
        }

        block = long.MaxValue;
        for (var i = all.Length - 1; i >= 0; i--)
        {
            block = all[i].IsInner ? block : all[i].Position;
            room[i] = all[i].IsInner && block - all[i].Position <= reach ? 0 : room[i];
        }
    }

    private static (int From, int To) Within(ReadOnlySpan<Boundary> all, int first, int last)
    {
        var from = 0;
        while (from < all.Length && all[from].Position < first)
        {
            from++;
        }

        var to = all.Length;
        while (to > from && all[to - 1].Position > last)
        {
            to--;
        }

        return (from, to);
    }
}
