using System.Buffers;
using Tidemark.Server.Http;
using Tidemark.Server.Problems;

namespace Tidemark.Server.Operations;

/// <summary>An operation as it goes on, as server-sent events: <c>progress</c> when something moved, <c>end</c> once.</summary>
internal static class OperationEvents
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);

    public static async Task StreamAsync(Call call, Operation operation)
    {
        call.Context.Response.ContentType = "text/event-stream";
        var clock = call.Service.Clock;
        object? told = call;
        var last = clock.GetTimestamp();
        while (operation.End is null)
        {
            if (!ReferenceEquals(told, operation.Progress))
            {
                (told, last) = (operation.Progress, clock.GetTimestamp());
                await WriteAsync(call, "progress"u8.ToArray(), operation);
            }
            else if (clock.GetElapsedTime(last) > Silence)
            {
                last = clock.GetTimestamp();
                call.Context.Response.BodyWriter.Write(": still at work\n\n"u8);
                await call.Context.Response.BodyWriter.FlushAsync(call.Ended);
            }

            await Task.WhenAny(operation.Ended, Task.Delay(Beat, clock, call.Ended));
            call.Ended.ThrowIfCancellationRequested();
        }

        await WriteAsync(call, "end"u8.ToArray(), operation);
    }

    private static async Task WriteAsync(Call call, byte[] name, Operation operation)
    {
        var body = call.Context.Response.BodyWriter;
        body.Write("event: "u8);
        body.Write(name);
        body.Write("\ndata: "u8);
        ServiceJson.Write(body, json => OperationJson.Write(json, operation));
        body.Write("\n\n"u8);
        await body.FlushAsync(call.Ended);
    }
}
