using System.Buffers;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Tidemark.Server.Hooks.Signing;
using Tidemark.Server.Http;

namespace Tidemark.Server.Hooks;

/// <summary>The body of a delivery, read once, byte by byte as it was sent.</summary>
/// <param name="Bytes">All of it; empty where there was more than is taken.</param>
/// <param name="IsTooLarge">There was more.</param>
/// <param name="Dropped">The hash of all that was sent, where it is not kept; null: it is.</param>
internal readonly record struct HookBody(ReadOnlyMemory<byte> Bytes, bool IsTooLarge, byte[]? Dropped = null)
{
    /// <summary>What is not kept is read to its end all the same, to know whose it is; not beyond this.</summary>
    private const long MostRead = 100_000_000;

    private const int Piece = 16_384;

    /// <summary>Of every byte that was sent, also of those that are not kept: nothing else tells one that is too large from another.</summary>
    public byte[] Hash() => Dropped ?? SHA256.HashData(Bytes.Span);

    /// <summary>One that is there already; what is too large is not kept.</summary>
    public static HookBody Of(ReadOnlyMemory<byte> body, long most) =>
        body.Length > most ? new HookBody(default, IsTooLarge: true, SHA256.HashData(body.Span)) : new HookBody(body, IsTooLarge: false);

    /// <param name="context">Of the request.</param>
    /// <param name="hook">How much it takes.</param>
    /// <param name="signed">Gets every byte; null: nothing is signed.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="Problems.HttpProblem">There is more of it than is taken, and the sender may hear that.</exception>
    public static async Task<HookBody> ReadAsync(HttpContext context, Hook hook, SignedBody? signed, CancellationToken cancellationToken)
    {
        // A record that is too large must not stop a connector, so it becomes a dead letter instead of a refusal.
        var most = hook.Options.Format == HookFormat.Debezium ? MostRead : hook.Options.MostBytes;
        var request = context.Request;
        if (request.ContentLength > most)
        {
            throw RequestContent.TooLarge(most);
        }

        RequestContent.Limit(context, most + Piece);
        var kept = new ArrayBufferWriter<byte>(Piece);
        using var dropped = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var total = 0L; ;)
        {
            var read = await request.Body.ReadAsync(kept.GetMemory(Piece), cancellationToken);
            if (read == 0)
            {
                return total > hook.Options.MostBytes
                    ? new HookBody(default, IsTooLarge: true, dropped.GetHashAndReset())
                    : new HookBody(kept.WrittenMemory, IsTooLarge: false);
            }

            total += read;
            if (total > most)
            {
                throw RequestContent.TooLarge(most);
            }

            signed?.Append(kept.GetSpan(read)[..read]);
            if (total <= hook.Options.MostBytes)
            {
                kept.Advance(read);
            }
            else
            {
                dropped.AppendData(kept.WrittenSpan); // what was kept until now; nothing the next time
                dropped.AppendData(kept.GetSpan(read)[..read]);
                kept.ResetWrittenCount();
            }
        }
    }
}
