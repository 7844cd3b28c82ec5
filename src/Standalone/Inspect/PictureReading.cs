using System.Security.Cryptography;
using Chitti.Imaging;

namespace Chitti.Standalone;

/// <summary>Reads a picture from a file, as far as its header.</summary>
internal static class PictureReading
{
    /// <returns>The bytes, and what is known of them: the error if they are not an image or can't be read.</returns>
    public static async Task<(byte[] Bytes, InspectedFile Read)> ReadAsync(
        string file, long maxFileBytes, ImageDecoders decoders, CancellationToken cancellationToken)
    {
        byte[] bytes;
        try
        {
            var size = new FileInfo(file).Length;
            if (size > maxFileBytes)
            {
                return ([], new() { File = file, Size = size, Error = $"The file has {size} bytes; at most {maxFileBytes} are allowed." });
            }

            // Pipes have no length, and reading one waits for a writer.
            bytes = size == 0 ? [] : await File.ReadAllBytesAsync(file, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return ([], new() { File = file, Error = exception.Message });
        }

        var identified = ImageIdentifier.Identify(new MemoryStream(bytes), decoders.Limits, decoders.MaxDecodedBytes);
        return (bytes, new()
        {
            File = file,
            Size = bytes.Length,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes)),
            Header = identified.Header,
            Error = identified.Fault?.Detail,
        });
    }
}
