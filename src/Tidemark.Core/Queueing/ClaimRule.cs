namespace Tidemark.Queueing;

/// <summary>How many of the changes that are first in line one claim takes. Pure; every store asks it.</summary>
public static class ClaimRule
{
    /// <param name="line">Losses and stored bytes of the changes, in the order in which they are due.</param>
    /// <param name="request">What is claimed.</param>
    public static int Take(IReadOnlyList<(int Losses, long Bytes)> line, ClaimRequest request)
    {
        var bytes = 0L;
        for (var i = 0; i < line.Count; i++)
        {
            bytes += line[i].Bytes;
            if (i > 0 && (line[i].Losses >= ClaimRequest.SuspectAfter || bytes > request.MostBytes))
            {
                return i;
            }

            if (line[i].Losses >= ClaimRequest.SuspectAfter)
            {
                return 1;
            }
        }

        return Math.Min(line.Count, request.Limit);
    }
}
