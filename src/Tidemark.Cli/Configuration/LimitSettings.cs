namespace Tidemark.Cli.Configuration;

internal sealed record LimitSettings(long MaxFileBytes = 16 << 20, long MaxLineBytes = 16 << 20);
