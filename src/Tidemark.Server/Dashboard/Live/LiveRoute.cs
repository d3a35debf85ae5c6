using System.Buffers;
using Tidemark.Server.Http;
using Tidemark.Serving;

namespace Tidemark.Server.Dashboard.Live;

/// <summary>
/// Tells pages that what they show has changed, as server-sent events; what has changed they load again. A stream ends after a while, and
/// its browser asks anew: by then its key may be good for nothing.
/// </summary>
internal static class LiveRoute
{
    public const string Path = "live";

    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    public static ServiceRoute Route { get; } = new("GET", Path, "live", "Says when a page has changed.", AccessScope.Read)
    {
        AnswerType = "text/event-stream",
        IsUnlimited = true,
        Handle = StreamAsync,
    };

    private static async Task StreamAsync(Call call)
    {
        call.Context.Response.ContentType = "text/event-stream";
        var clock = call.Service.Clock;
        var (began, last) = (clock.GetTimestamp(), clock.GetTimestamp());
        var told = await Pulse.OfAsync(call);
        await WriteAsync(call, "retry: 3000\n\n"u8.ToArray());
        while (clock.GetElapsedTime(began) < Longest && !call.Service.Stopping.IsCancellationRequested)
        {
            await Task.Delay(Beat, clock, call.Ended);
            var now = await Pulse.OfAsync(call);
            if (now != told)
            {
                (told, last) = (now, clock.GetTimestamp());
                await WriteAsync(call, "event: changed\ndata: {}\n\n"u8.ToArray());
            }
            else if (clock.GetElapsedTime(last) > Silence)
            {
                last = clock.GetTimestamp();
                await WriteAsync(call, ": nothing new\n\n"u8.ToArray());
            }
        }
    }

    private static async Task WriteAsync(Call call, byte[] text)
    {
        call.Context.Response.BodyWriter.Write(text);
        await call.Context.Response.BodyWriter.FlushAsync(call.Ended);
    }
}
