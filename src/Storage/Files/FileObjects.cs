using System.Buffers.Binary;
using System.Globalization;

namespace Chitti.Storage;

/// <summary>
/// Object keys of files. The bytes of a file are at <c>files/&lt;shard&gt;/&lt;id&gt;/original</c>, its other objects in the same
/// folder. In quarantine, the key is prefixed with <c>quarantine/&lt;yyyyMMdd&gt;/</c>.
/// </summary>
public static class FileObjects
{
    /// <summary>Prefix of the objects of files.</summary>
    public const string Prefix = "files/";

    /// <summary>Prefix of the objects in quarantine.</summary>
    public const string QuarantinePrefix = "quarantine/";

    private const string DayFormat = "yyyyMMdd";

    /// <summary>Last part of the key of a file's bytes.</summary>
    public const string Original = "original";

    /// <summary>Key of a file's bytes. Shards by the last two digits of the id. The first digits are the time, so they would put all current files in one folder.</summary>
    public static string OriginalOf(Guid id)
    {
        var text = id.ToString("N");
        return $"{Prefix}{text[^2..]}/{text}/{Original}";
    }

    /// <summary>Key of an object in the folder of a file's bytes.</summary>
    /// <param name="originalKey">Key of the bytes, in quarantine or not.</param>
    /// <param name="name">Last part of the key.</param>
    public static string Beside(string originalKey, string name)
    {
        ArgumentNullException.ThrowIfNull(originalKey);
        return $"{originalKey[..originalKey.LastIndexOf('/')]}/{name}";
    }

    /// <summary>Key of a file's metadata as JSON, from which its row can be restored.</summary>
    public static string MetadataOf(string originalKey) => Beside(originalKey, "metadata.json");

    /// <summary>Prefix of what is moved to quarantine on a day.</summary>
    public static string QuarantineOf(DateOnly day) => $"{QuarantinePrefix}{day.ToString(DayFormat, CultureInfo.InvariantCulture)}/";

    /// <summary>Day, UTC, on which an object was moved to quarantine; null for a key that is not in the folder of a day there.</summary>
    public static DateOnly? QuarantinedOn(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key.StartsWith(QuarantinePrefix, StringComparison.Ordinal) && key.Split('/') is [_, var day, _, ..]
            && DateOnly.TryParseExact(day, DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;
    }

    /// <summary>Key of an object outside quarantine.</summary>
    /// <param name="key">Its key, in quarantine or not.</param>
    public static string HomeOf(string key) => QuarantinedOn(key) is { } day ? key[QuarantineOf(day).Length..] : key;

    /// <summary>Id of the file that an object belongs to; null for a key without a UUIDv7, which Chitti did not write.</summary>
    /// <param name="key">A key outside quarantine.</param>
    public static Guid? IdOf(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        // files/<shard>/<file id>/<object>
        return key.Split('/') is ["files", _, var folder, _, ..] && Guid.TryParse(folder, out var id) && id.Version == 7 ? id : null;
    }

    /// <summary>Upload time from an object key, UTC; null where <see cref="IdOf"/> is null.</summary>
    public static DateTimeOffset? TimeOf(string key) => IdOf(key) is { } id ? TimeOf(id) : null;

    /// <summary>Time of a UUIDv7, UTC, in whole milliseconds.</summary>
    public static DateTimeOffset TimeOf(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(bytes) >> 16);
    }
}
