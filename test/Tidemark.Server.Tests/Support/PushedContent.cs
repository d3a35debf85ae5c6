using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Tidemark.Server.Tests.Support;

/// <summary>A text whose length is not said beforehand.</summary>
internal sealed class PushedContent : HttpContent
{
    private readonly byte[] _bytes;

    public PushedContent(string text, string type = "text/plain")
    {
        _bytes = Encoding.UTF8.GetBytes(text);
        Headers.ContentType = new MediaTypeHeaderValue(type);
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => stream.WriteAsync(_bytes).AsTask();

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
