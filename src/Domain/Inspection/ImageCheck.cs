using System.Globalization;

namespace Chitti.Domain;

/// <summary>Checks an image against a profile's requirements.</summary>
internal static class ImageCheck
{
    public static List<string> FindFaults(ImageRequirements required, ImageIdentity image, ImageQuality? quality)
    {
        var faults = new List<string>();
        Check(image.Width < required.MinWidth, $"image is {image.Width} px wide, at least {required.MinWidth} needed");
        Check(image.Height < required.MinHeight, $"image is {image.Height} px high, at least {required.MinHeight} needed");
        Check(quality?.Brightness < required.MinBrightness, $"image is too dark: mean luma {quality?.Brightness:0.#}, at least {required.MinBrightness:0.#} needed");
        Check(quality?.Brightness > required.MaxBrightness, $"image is too bright: mean luma {quality?.Brightness:0.#}, at most {required.MaxBrightness:0.#} allowed");
        Check(quality?.Sharpness < required.MinSharpness, $"image is blurred: sharpness {quality?.Sharpness:0.#}, at least {required.MinSharpness:0.#} needed");
        return faults;

        void Check(bool broken, FormattableString fault)
        {
            if (broken)
            {
                faults.Add(fault.ToString(CultureInfo.InvariantCulture));
            }
        }
    }
}
